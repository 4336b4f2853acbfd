-- The articles of a cluster, named by its id or that of any article in it; the original first.
SELECT
    a.article_id,
    a.source,
    a.url,
    v.title,
    coalesce(v.published_on::VARCHAR, '') AS published_on,
    d.relation,
    d.similarity,
    coalesce(d.substitution, '') AS substitution,
    coalesce(k.rule, '') AS rule,
    coalesce(k.evidence, '') AS evidence,
    v.text
FROM core.duplicate AS d
JOIN core.article AS a ON a.article_id = d.article_id
JOIN core.article_version AS v ON v.version_id = a.current_version_id
LEFT JOIN core.cluster AS k ON k.cluster_id = d.cluster_id
LEFT JOIN core.member AS m ON m.article_id = a.article_id
WHERE d.cluster_id IN (SELECT cluster_id FROM core.duplicate WHERE $id IN (article_id, cluster_id))
ORDER BY d.article_id <> d.canonical_id, m.order_key, a.article_id;
