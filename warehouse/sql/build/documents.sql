-- The current text of each article in $ids, with what orders it.
SELECT a.article_id, a.first_fetched_at, v.text
FROM core.article a
JOIN core.article_version v ON v.version_id = a.current_version_id
WHERE a.article_id IN (SELECT unnest($ids::VARCHAR[]));
