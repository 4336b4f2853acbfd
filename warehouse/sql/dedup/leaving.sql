-- The articles that are to be taken out, with the texts they had.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT article_id, text_digest
FROM core.member
WHERE article_id IN (SELECT article_id FROM staged);

SELECT count(*) FROM leaving;
