-- Articles with characters that could not be decoded.
SELECT source, fetch_id, url, is_now, in_window, is_usual, is_damaged AS is_bad, charset AS detail
FROM page
WHERE NOT is_lost;
