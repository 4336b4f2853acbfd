-- The texts to sign, all of which are to be judged.
INSERT INTO judged SELECT text_no FROM unsigned;

SELECT text_no, head_id, text_digest FROM unsigned ORDER BY text_no;
