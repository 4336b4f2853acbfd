-- For each source: what the pages of run $run_id turned out to be, and its articles of all runs.
SELECT
    s.source,
    (SELECT count(*) FROM core.article a WHERE a.source = s.source) AS articles_ever,
    count(p.fetch_id) FILTER (WHERE p.outcome IN ('new', 'changed', 'unchanged', 'not_modified')) AS articles_now,
    count(p.fetch_id) FILTER (WHERE p.outcome <> 'not_modified') AS pages,
    count(p.fetch_id) FILTER (WHERE p.outcome = 'rejected') AS rejected
FROM core.source s
LEFT JOIN ops.fetch f ON f.source = s.source AND f.run_id = $run_id
LEFT JOIN ops.page p ON p.fetch_id = f.fetch_id
GROUP BY s.source;
