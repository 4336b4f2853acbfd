-- The published file in one row: what a run tells people.
SELECT
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM reposts) AS reposts,
    (SELECT count(DISTINCT cluster_id) FROM reposts) AS clusters,
    (SELECT count(*) FROM citations) AS citations,
    (SELECT count(*) FROM citations WHERE verdict = 'repealed') AS repealed,
    (SELECT count(*) FROM citations WHERE verdict = 'no_such_article') AS no_such_article,
    (SELECT count(*) FROM citations WHERE verdict = 'unknown_law') AS unknown_law,
    (SELECT count(*) FROM citations WHERE is_bad AND verdict NOT IN ('repealed', 'no_such_article')) AS wrong;
