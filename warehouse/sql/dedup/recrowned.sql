-- The articles of clusters that have another original now by the standing of sites.
CREATE OR REPLACE TEMP TABLE stale AS
WITH crown AS MATERIALIZED (
    SELECT cluster_id, canonical_id
    FROM core.cluster
    WHERE cluster_id IN (SELECT cluster_id FROM reweighed)
),
other AS MATERIALIZED (
    SELECT c.article_id, c.cluster_id, c.text_digest
    FROM candidate AS c
    JOIN reweighed AS r USING (cluster_id)
    JOIN crown AS k USING (cluster_id)
    WHERE r.canonical_id <> k.canonical_id
)
SELECT o.article_id, o.cluster_id, s.text_no
FROM other AS o
JOIN (
    SELECT text_no, text_digest
    FROM core.signature
    WHERE text_digest IN (SELECT text_digest FROM other)
) AS s USING (text_digest);
