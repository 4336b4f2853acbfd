-- Texts without a signature, by their first article.
SELECT head_id, head_order, text_digest
FROM head
WHERE text_digest NOT IN (
    SELECT s.text_digest FROM core.signature AS s SEMI JOIN head USING (text_digest)
)
ORDER BY head_order, head_id;
