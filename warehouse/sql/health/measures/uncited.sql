-- Articles that cite nothing.
SELECT *, citations = 0 AS is_bad,
    NULL::VARCHAR AS detail
FROM page
WHERE is_read;
