-- Texts that lead to another canonical text than before.  The cluster that they leave may have had
-- its name or its original from them.
INSERT INTO affected
SELECT text_no
FROM core.signature
WHERE root_no IN (
    SELECT s.root_no FROM core.signature AS s JOIN staged ON staged.text_no = s.text_no
);

UPDATE core.signature
SET root_no = staged.root_no
FROM staged
WHERE staged.text_no = signature.text_no;

INSERT INTO affected SELECT text_no FROM staged;
