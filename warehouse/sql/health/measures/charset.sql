-- Articles in another character encoding than the source's usual one.
SELECT *, charset <> usual AS is_bad,
    charset || ' instead of ' || usual AS detail
FROM (
    SELECT *, mode(charset) FILTER (WHERE is_usual) OVER (PARTITION BY source) AS usual
    FROM page
    WHERE is_read
);
