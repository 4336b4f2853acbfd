-- Every version of every article as it is published, the current ones with what `articles` joins;
-- or those that are chosen (warehouse.redact).
SELECT
    v.*,
    CASE WHEN a.version_id IS NOT NULL THEN TRUE END AS is_current,
    p.source,
    p.url,
    o.published_on AS corrected_on,
    h.char_change,
    a.pages,
    a.answers,
    a.first_fetched_at,
    a.last_fetched_at,
    a.gone_at,
    a.cluster_id,
    coalesce(a.duplicate_of, a.article_id) AS canonical_id,
    a.relation,
    a.similarity,
    a.repost_count,
    a.overridden
FROM (FROM fatiao.core.article_version $among) AS v
JOIN fatiao.core.article AS p ON p.article_id = v.article_id
LEFT JOIN fatiao.articles AS a ON a.version_id = v.version_id
LEFT JOIN (
    SELECT
        version_id,
        char_count - lag(char_count) OVER (PARTITION BY article_id ORDER BY version_no)
            AS char_change
    FROM fatiao.core.article_version
    WHERE article_id IN (SELECT article_id FROM fatiao.core.article_version WHERE version_no > 1)
) AS h ON h.version_id = v.version_id
LEFT JOIN fatiao.ops.override AS o
    ON o.article_id = v.article_id AND o.kind = 'date' AND o.state = 'applied'
