-- The articles of clusters whose original only the standing of their sites tells, which changes:
-- how often each site has the original among the clusters of several sites where that is known.
-- To a tenth, so that one cluster more hardly ever moves a crown.
CREATE OR REPLACE TEMP TABLE candidate AS
SELECT d.cluster_id, m.*
FROM core.cluster AS k
JOIN core.duplicate AS d USING (cluster_id)
JOIN core.member AS m USING (article_id)
WHERE k.rule IN ('reputed', 'first');

CREATE OR REPLACE TEMP TABLE standing AS
SELECT source, round(avg(has_original::INTEGER), 1) AS standing
FROM (
    SELECT
        d.cluster_id,
        m.source,
        bool_or(m.article_id = k.canonical_id) AS has_original,
        count(*) OVER (PARTITION BY d.cluster_id) AS sources
    FROM core.cluster AS k
    JOIN core.duplicate AS d USING (cluster_id)
    JOIN core.member AS m USING (article_id)
    WHERE k.rule NOT IN ('reputed', 'first')
    GROUP BY d.cluster_id, m.source
)
WHERE sources > 1 AND source <> ''
GROUP BY source
HAVING count(*) >= 5;
