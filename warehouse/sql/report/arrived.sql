-- Articles by the day on which they were first fetched, the last $days days of them.
SELECT
    source,
    CAST(first_fetched_at AT TIME ZONE 'Asia/Shanghai' AS DATE) AS bucket,
    count(*) AS articles
FROM articles
WHERE first_fetched_at > CAST($now AS TIMESTAMPTZ) - to_days(CAST($days AS INTEGER))
GROUP BY ALL
ORDER BY ALL;
