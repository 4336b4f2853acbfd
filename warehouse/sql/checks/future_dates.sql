-- A page says it appeared after it was fetched (a day's grace for time zones); report its URL
SELECT v.version_id, v.published_on, v.published_evidence, f.fetched_at
FROM core.article_version AS v
JOIN ops.fetch AS f ON f.fetch_id = v.fetch_id
WHERE v.published_on > CAST(f.fetched_at AT TIME ZONE 'Asia/Shanghai' AS DATE) + 1
    OR v.published_on < DATE '1990-01-01';
