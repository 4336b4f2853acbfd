-- Takes articles out and keeps which texts they had.
CREATE OR REPLACE TEMP TABLE leaving AS SELECT article_id FROM staged;

INSERT INTO core.unsettled_text
SELECT DISTINCT text_digest
FROM core.member
WHERE article_id IN (FROM leaving) AND text_digest IS NOT NULL;

DELETE FROM core.member WHERE article_id IN (FROM leaving);

DELETE FROM core.duplicate WHERE article_id IN (FROM leaving);
