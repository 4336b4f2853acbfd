-- How often each site has the original among the clusters of several sites where that is known.
-- To a tenth, so that one cluster more hardly ever moves a crown.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT source, round(avg(is_original::INTEGER), 1) AS standing
FROM (
    SELECT unnest(sources) AS source, source = original_source AS is_original
    FROM core.cluster
    WHERE rule NOT IN ('reputed', 'first') AND len(sources) > 1
)
WHERE source <> ''
GROUP BY source
HAVING count(*) >= 5;

-- The clusters whose original only that tells: those affected, and those with a site whose standing
-- is another than when they were looked at last.
CREATE OR REPLACE TEMP TABLE reweighed AS
WITH moved AS (
    SELECT coalesce(list(source), []) AS sources
    FROM standing AS s
    FULL JOIN core.standing AS k USING (source)
    WHERE s.standing IS DISTINCT FROM k.standing
)
SELECT cluster_id, canonical_id
FROM core.cluster AS c, moved
WHERE rule IN ('reputed', 'first')
    AND (
        list_has_any(c.sources, moved.sources)
        OR cluster_id IN (SELECT cluster_id FROM clustered)
    );

DELETE FROM core.standing;
INSERT INTO core.standing FROM standing;

DELETE FROM wordless;

INSERT INTO former
SELECT article_id, cluster_id, canonical_id
FROM core.duplicate
WHERE cluster_id IN (SELECT cluster_id FROM reweighed)
    AND article_id NOT IN (SELECT article_id FROM clustered);

CREATE OR REPLACE TEMP TABLE candidate AS
WITH article AS MATERIALIZED (
    SELECT article_id, cluster_id
    FROM core.duplicate
    WHERE cluster_id IN (SELECT cluster_id FROM reweighed)
)
SELECT a.cluster_id, m.*
FROM article AS a
JOIN (FROM core.member WHERE article_id IN (SELECT article_id FROM article)) AS m
    USING (article_id);

SELECT count(*) FROM candidate;
