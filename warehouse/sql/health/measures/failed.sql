-- Requests that got no answer, or 4xx or 5xx.
SELECT *,
    error IS NOT NULL AND kind = 'error' AND status IS DISTINCT FROM 200 AND NOT is_refused
        AS is_bad,
    error AS detail
FROM request;
