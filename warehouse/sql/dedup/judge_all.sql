-- A new epoch: every match is sought anew.
DELETE FROM judged;
INSERT INTO judged SELECT text_no FROM core.signature;
