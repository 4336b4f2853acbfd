-- How fresh is each source, and did its last run go well?
SELECT source, age, newest_article_at, articles, last_run_requests, last_run_errors
FROM freshness
ORDER BY age DESC NULLS FIRST;
