-- For each source: the articles that it brought in all runs, what the pages of run $run_id turned
-- out to be, and how it was judged last.  An article may stand under another source that brings
-- the same page; it counts for both.
SELECT
    s.source,
    (
        SELECT count(DISTINCT e.article_id)
        FROM ops.page AS e
        JOIN ops.fetch AS g USING (fetch_id)
        WHERE g.source = s.source AND e.version_id IS NOT NULL
    ) AS articles_ever,
    count(p.fetch_id)
        FILTER (WHERE p.outcome IN ('new', 'changed', 'unchanged', 'not_modified')) AS articles_now,
    count(p.fetch_id) FILTER (WHERE p.outcome <> 'not_modified') AS pages,
    count(p.fetch_id) FILTER (WHERE p.outcome = 'rejected') AS rejected,
    (
        SELECT arg_max(r.state, r.run_id)
        FROM ops.source_run AS r
        WHERE r.source = s.source AND r.run_id < $run_id
    ) AS last_state
FROM core.source AS s
LEFT JOIN ops.fetch AS f ON f.source = s.source AND f.run_id = $run_id
LEFT JOIN ops.page AS p ON p.fetch_id = f.fetch_id
GROUP BY s.source;
