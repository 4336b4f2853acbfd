-- Texts that lead to another canonical text than before.
UPDATE core.signature
SET root_no = staged.root_no
FROM staged
WHERE staged.text_no = signature.text_no;

INSERT INTO affected SELECT text_no FROM staged;
