-- Requests that lead to one and the same page.  The URL is that page, if it is not the home page.
SELECT *,
    error IS NOT DISTINCT FROM 'leads_home' OR kind = 'redirect' AND NOT is_moved
        AND count(*) FILTER (WHERE kind = 'redirect') OVER (PARTITION BY source, url) >= 3
        AS is_bad,
    url AS detail
FROM request;
