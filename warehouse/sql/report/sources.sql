-- Each source: what it gave, and how its last run went.
SELECT
    s.source,
    s.start_url,
    s.enabled,
    s.articles,
    s.originals,
    s.reposts,
    s.citations,
    s.bad_citations,
    f.last_ok_at,
    f.newest_published_on,
    f.last_run_requests,
    f.last_run_errors,
    f.state,
    f.reason
FROM sources AS s
JOIN freshness AS f ON f.source = s.source
ORDER BY s.articles DESC, s.source;
