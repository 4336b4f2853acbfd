-- Which citations in originals were wrong already when they were written?
SELECT source, published_on, provision, verdict, detail, correction, sentence, url
FROM citations
WHERE is_bad AND is_canonical
ORDER BY published_on DESC NULLS LAST, url, start_char
LIMIT 50;
