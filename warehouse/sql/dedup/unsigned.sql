-- Texts without a signature, by their first article.
SELECT head_id, head_order, text_digest
FROM head
WHERE text_digest NOT IN (SELECT text_digest FROM met)
ORDER BY head_order, head_id;
