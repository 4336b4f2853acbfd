-- How often is each source's citation wrong, its reposts included?
SELECT source, citations, bad_citations, round(100 * bad_share, 1) AS bad_percent
FROM sources
ORDER BY bad_share DESC NULLS LAST, source;
