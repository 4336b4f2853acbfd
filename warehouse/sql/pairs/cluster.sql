-- The articles of a cluster, named by its id or that of any article in it, as corrected; the
-- original first.
SELECT
    a.article_id,
    a.source,
    a.url,
    a.title,
    coalesce(a.published_on::VARCHAR, '') AS published_on,
    a.relation,
    a.similarity,
    coalesce(d.substitution, '') AS substitution,
    coalesce(k.rule, '') AS rule,
    coalesce(k.evidence, '') AS evidence,
    coalesce(a.overridden, '') AS overridden,
    if(a.text = '' AND a.char_count > 0, NULL, a.text) AS text,
    a.text_sha256
FROM articles AS a
LEFT JOIN core.duplicate AS d ON d.article_id = a.article_id
LEFT JOIN core.cluster AS k ON k.cluster_id = a.cluster_id
LEFT JOIN core.member AS m ON m.article_id = a.article_id
WHERE a.cluster_id IN (SELECT cluster_id FROM articles WHERE $id IN (article_id, cluster_id))
ORDER BY NOT a.is_canonical, m.order_key, a.article_id;
