-- Who copies whom?
SELECT original_source, repost_source, count(*) AS reposts
FROM reposts
GROUP BY original_source, repost_source
ORDER BY reposts DESC, original_source, repost_source
LIMIT $most;
