-- Articles that tell no date.
SELECT source, fetch_id, url, is_now, in_window, is_usual, NOT is_dated AS is_bad,
    NULL::VARCHAR AS detail
FROM page
WHERE NOT is_lost;
