-- A cluster has not exactly one canonical page, or names a page outside it; run: fatiao build --rebuild
SELECT d.cluster_id, count(DISTINCT d.canonical_id) AS canonicals
FROM core.duplicate AS d
GROUP BY d.cluster_id
HAVING count(DISTINCT d.canonical_id) <> 1
    OR count(*) FILTER (WHERE d.article_id = d.canonical_id) <> 1
    OR count(*) FILTER (WHERE d.article_id = d.cluster_id) <> 1;
