-- Article pages in which no article was found, or whose text was withheld.
SELECT source, fetch_id, url, is_now, in_window, is_usual, is_lost AS is_bad, reason AS detail
FROM page;
