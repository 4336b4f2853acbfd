-- The sources by what they gave, the largest first; those without articles are left out.
SELECT source, count(*) AS articles
FROM articles
GROUP BY source
ORDER BY articles DESC, source;
