-- Who copied whom, and how many days after the original at the earliest, typically, at the latest?
SELECT
    original_source,
    repost_source,
    count(*) AS copies,
    count(lag_days) AS dated_copies,
    min(lag_days) AS fastest_days,
    median(lag_days) AS typical_days,
    max(lag_days) AS slowest_days
FROM reposts
WHERE original_source <> repost_source
GROUP BY original_source, repost_source
ORDER BY copies DESC, original_source, repost_source
LIMIT 20;
