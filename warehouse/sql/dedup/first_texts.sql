-- The first texts, which an epoch counts.
SELECT text_no
FROM core.signature
ORDER BY head_order, head_id
LIMIT $size;
