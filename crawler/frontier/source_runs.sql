-- What every run did for each source, and how that was judged.

SELECT run_id, source, requests, ok, not_modified, errors, articles, state, reason
FROM run_source LEFT JOIN health USING (run_id, source)
ORDER BY run_id, source
