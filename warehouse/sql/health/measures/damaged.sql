-- Articles with characters that could not be decoded.
SELECT *, is_damaged AS is_bad, charset AS detail
FROM page
WHERE is_read;
