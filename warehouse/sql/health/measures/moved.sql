-- Requests that lead to another site.  The URL is where they lead.
SELECT *, is_moved AS is_bad,
    regexp_extract(url, '^[a-z]+://([^/?#]+)', 1) AS detail
FROM request;
