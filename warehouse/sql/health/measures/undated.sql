-- Articles that tell no date.
SELECT *, NOT is_dated AS is_bad,
    NULL::VARCHAR AS detail
FROM page
WHERE is_read;
