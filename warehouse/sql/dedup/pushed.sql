-- Texts whose match may no longer be among the first of a bucket, as others came before it.
INSERT INTO judged
SELECT text_no
FROM core.signature
WHERE text_no NOT IN (FROM judged)
    AND matched_no IN (
        SELECT s.text_no
        FROM seat AS s
        JOIN bucket AS b USING (band)
        WHERE s.seat > $leaders AND s.seat <= $leaders + b.come
    )
RETURNING text_no;
