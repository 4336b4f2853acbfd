-- The clusters of all texts that were affected, each named by its member fetched first: what is
-- found later, however early its date, takes no cluster's name.
CREATE OR REPLACE TEMP TABLE clustered AS
SELECT
    m.article_id,
    s.root_no,
    first_value(m.article_id) OVER in_cluster AS cluster_id,
    count(*) OVER (PARTITION BY s.root_no) AS articles
FROM core.member AS m
JOIN core.signature AS s USING (text_digest)
WHERE s.root_no IN (SELECT root_no FROM core.signature WHERE text_no IN (FROM affected))
WINDOW in_cluster AS (PARTITION BY s.root_no ORDER BY m.seen_key, m.article_id);

-- How these articles stood before, and those where only the standing of sites tells the original.
CREATE OR REPLACE TEMP TABLE former AS
SELECT article_id, cluster_id, canonical_id
FROM core.duplicate
WHERE article_id IN (SELECT article_id FROM clustered)
    OR cluster_id IN (SELECT cluster_id FROM core.cluster WHERE rule IN ('reputed', 'first'));

DELETE FROM core.cluster
WHERE cluster_id IN (SELECT cluster_id FROM former SEMI JOIN clustered USING (article_id))
    OR cluster_id IN (SELECT cluster_id FROM clustered)
    OR cluster_id NOT IN (
        SELECT d.cluster_id FROM core.duplicate AS d SEMI JOIN core.cluster USING (cluster_id)
    );
