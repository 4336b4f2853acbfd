-- Takes articles out and keeps which texts they had.  The clusters they were in are written anew
-- when these texts are settled, for what remains of them.
INSERT INTO core.unsettled_text
SELECT DISTINCT text_digest FROM leaving WHERE text_digest IS NOT NULL;

DELETE FROM core.cluster
WHERE cluster_id IN (
    SELECT cluster_id
    FROM core.duplicate
    WHERE article_id IN (SELECT article_id FROM leaving)
);

DELETE FROM core.member WHERE article_id IN (SELECT article_id FROM leaving);

DELETE FROM core.duplicate WHERE article_id IN (SELECT article_id FROM leaving);
