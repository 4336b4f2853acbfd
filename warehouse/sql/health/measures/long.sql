-- Articles more than three times as long as the source's usual ones.
SELECT *, char_count > usual * 3 AS is_bad,
    usual::BIGINT || ' characters' AS detail
FROM (
    SELECT *, median(char_count) FILTER (WHERE is_usual) OVER (PARTITION BY source) AS usual
    FROM page
    WHERE is_read
);
