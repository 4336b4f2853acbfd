-- Texts whose match may no longer be among the first of a bucket, as others came before it.
INSERT INTO judged
SELECT text_no
FROM core.signature
WHERE text_no NOT IN (FROM judged) AND matched_no IN (FROM pushed)
RETURNING text_no;
