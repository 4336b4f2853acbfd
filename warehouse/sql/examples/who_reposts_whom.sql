-- Who reposts whom, and how many days later?
SELECT
    original_source,
    repost_source,
    count(*) AS reposts,
    median(lag_days) AS typical_days,
    round(avg(similarity), 2) AS mean_similarity
FROM reposts
GROUP BY original_source, repost_source
ORDER BY reposts DESC, original_source, repost_source
LIMIT 20;
