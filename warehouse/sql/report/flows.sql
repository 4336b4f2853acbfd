-- Who copies whom?
SELECT
    original_source AS first_source,
    repost_source AS source,
    count(*) AS copies
FROM reposts
GROUP BY ALL
ORDER BY copies DESC, first_source, source
LIMIT $most;
