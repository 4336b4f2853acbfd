-- A grouped page is not stored, or its relation or similarity cannot be; run: fatiao build --rebuild
SELECT d.article_id, d.cluster_id, d.relation, d.similarity
FROM core.duplicate AS d
LEFT JOIN core.article AS a ON a.article_id = d.article_id
WHERE a.article_id IS NULL
    OR (d.relation = 'original') <> (d.article_id = d.canonical_id)
    OR d.similarity NOT BETWEEN 0 AND 1;
