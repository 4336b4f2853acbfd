-- Articles that cite nothing.
SELECT source, fetch_id, url, is_now, in_window, is_usual, citations = 0 AS is_bad,
    NULL::VARCHAR AS detail
FROM page
WHERE NOT is_lost;
