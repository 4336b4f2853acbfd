-- Articles read from a fetch that is gone, or whose own URL ($ids) was forgotten.
CREATE OR REPLACE TEMP TABLE gone_article AS
SELECT DISTINCT article_id
FROM ops.page
WHERE article_id IS NOT NULL AND fetch_id IN (FROM gone_fetch)
UNION
SELECT unnest($ids::VARCHAR[]);
