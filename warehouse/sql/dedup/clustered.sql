-- The clusters of all texts that were affected, each named by its member fetched first: what is
-- found later, however early its date, takes no cluster's name.
CREATE OR REPLACE TEMP TABLE clustered AS
WITH text AS (
    SELECT text_no, text_digest, root_no
    FROM core.signature
    WHERE root_no IN (SELECT root_no FROM core.signature WHERE text_no IN (FROM affected))
)
SELECT
    m.article_id,
    t.text_no,
    first_value(m.article_id) OVER in_cluster AS cluster_id,
    count(*) OVER (PARTITION BY t.root_no) AS articles
FROM core.member AS m
JOIN text AS t USING (text_digest)
WINDOW in_cluster AS (PARTITION BY t.root_no ORDER BY m.seen_key, m.article_id);

-- How these articles stood before.
CREATE OR REPLACE TEMP TABLE former AS
SELECT article_id, cluster_id, canonical_id
FROM core.duplicate
WHERE article_id IN (SELECT article_id FROM clustered);

DELETE FROM core.cluster
WHERE cluster_id IN (
    SELECT cluster_id FROM former
    UNION ALL
    SELECT cluster_id FROM clustered
);

-- The articles whose rows are to be written, and their clusters.
CREATE OR REPLACE TEMP TABLE stale AS SELECT article_id, cluster_id, text_no FROM clustered;
