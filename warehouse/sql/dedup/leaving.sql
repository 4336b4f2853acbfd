-- The articles to take out.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT unnest($ids::VARCHAR[]) AS article_id;
