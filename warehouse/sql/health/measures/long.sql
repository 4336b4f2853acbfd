-- Articles more than three times as long as the source's usual ones.
SELECT source, fetch_id, url, is_now, in_window, is_usual, char_count > usual * 3 AS is_bad,
    usual::BIGINT || ' characters' AS detail
FROM (
    SELECT *, median(char_count) FILTER (WHERE is_usual) OVER (PARTITION BY source) AS usual
    FROM page
    WHERE NOT is_lost
);
