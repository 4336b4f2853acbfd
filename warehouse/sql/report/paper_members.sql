-- Who shares a text with the articles $ids: each group's members, its original first, then by date.
SELECT cluster_id, article_id, title, source, url, published_on, relation, is_canonical
FROM articles
WHERE relation <> 'template'
    AND cluster_id IN (SELECT cluster_id FROM articles WHERE list_contains($ids, article_id))
ORDER BY cluster_id, is_canonical DESC, published_on NULLS LAST, first_fetched_at, article_id;
