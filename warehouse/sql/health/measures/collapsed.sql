-- Requests that lead to one and the same page.  The URL is that page.
SELECT *,
    kind = 'redirect' AND NOT is_moved
        AND count(*) FILTER (WHERE kind = 'redirect') OVER (PARTITION BY source, url) >= 3
        AS is_bad,
    url AS detail
FROM request;
