-- How often each site is the original, among the clusters of several sites where that is known.
-- To a tenth, so that one cluster more moves no crown.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT source, round(avg(is_original::INTEGER), 1) AS standing
FROM (
    SELECT d.cluster_id, m.source, bool_or(m.article_id = k.canonical_id) AS is_original
    FROM core.cluster AS k
    JOIN core.duplicate AS d USING (cluster_id)
    JOIN core.member AS m USING (article_id)
    WHERE k.rule NOT IN ('reputed', 'first') AND m.source <> ''
    GROUP BY d.cluster_id, m.source
)
WHERE source <> ''
GROUP BY source
HAVING count(*) >= 5;
