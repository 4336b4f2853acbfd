-- The signatures of the part's texts, 63 words each.
SELECT unnest(signature) AS word
FROM (SELECT text_no, signature FROM core.signature WHERE text_no IN (FROM part) ORDER BY text_no);
