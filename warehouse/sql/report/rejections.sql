-- Why fetched pages were not taken as articles.
SELECT
    reason,
    count(*) AS pages,
    string_agg(DISTINCT source, '、' ORDER BY source) AS sources
FROM rejections
GROUP BY reason
ORDER BY pages DESC, reason;
