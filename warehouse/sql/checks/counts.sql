-- Tables disagree on what there is: rows of one name what another lacks; run: fatiao build --rebuild
SELECT 'core.article_version' AS rows_of, v.version_id AS name, 'core.article' AS lacking_in
FROM core.article_version AS v
ANTI JOIN core.article AS a ON a.article_id = v.article_id
UNION ALL
SELECT 'core.member', m.article_id, 'core.article'
FROM core.member AS m
ANTI JOIN core.article AS a ON a.article_id = m.article_id
UNION ALL
SELECT 'core.rejection', r.url, 'ops.fetch'
FROM core.rejection AS r
ANTI JOIN ops.fetch AS f ON f.fetch_id = r.fetch_id
UNION ALL
SELECT 'core.cluster', k.cluster_id, 'core.duplicate'
FROM core.cluster AS k
ANTI JOIN core.duplicate AS d ON d.cluster_id = k.cluster_id AND d.canonical_id = k.canonical_id
UNION ALL
SELECT 'core.duplicate', d.article_id, 'core.cluster'
FROM core.duplicate AS d
ANTI JOIN core.cluster AS k ON k.cluster_id = d.cluster_id
WHERE d.article_id <> d.canonical_id;
