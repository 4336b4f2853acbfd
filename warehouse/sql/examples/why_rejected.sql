-- Why were fetched pages not taken as articles?
SELECT source, reason, count(*) AS pages, any_value(url) AS for_instance
FROM rejections
GROUP BY source, reason
ORDER BY pages DESC, source, reason;
