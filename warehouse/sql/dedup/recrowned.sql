-- The articles of clusters that have another original now by the standing of sites; those without a
-- text are written.
CREATE OR REPLACE TEMP TABLE stale AS
WITH other AS (
    SELECT d.article_id, d.cluster_id
    FROM core.duplicate AS d
    JOIN core.cluster AS k USING (cluster_id)
    WHERE k.cluster_id IN (FROM reweighed) AND d.canonical_id <> k.canonical_id
)
SELECT o.article_id, o.cluster_id, s.text_no
FROM other AS o
JOIN core.member AS m USING (article_id)
JOIN core.signature AS s USING (text_digest);

DELETE FROM wordless;
