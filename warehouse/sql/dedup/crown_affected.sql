-- The articles of the affected clusters of two and more, one of which is the original.
CREATE OR REPLACE TEMP TABLE candidate AS
SELECT c.cluster_id, m.*
FROM clustered AS c
JOIN core.member AS m USING (article_id)
WHERE c.articles > 1;

CREATE OR REPLACE TEMP TABLE standing (source VARCHAR, standing DOUBLE);

SELECT count(*) FROM candidate;
