-- The provisions cited most, whatever the paragraph; reposts count once, with their original.
SELECT
    concat('《', law, '》第', article_no, '条', '之' || nullif(article_suffix, 0)) AS label,
    count(*) AS citations,
    count(*) FILTER (WHERE is_bad) AS bad,
    count(DISTINCT article_id) AS articles
FROM citations
WHERE is_canonical AND law IS NOT NULL AND article_no IS NOT NULL
GROUP BY label
ORDER BY citations DESC, label
LIMIT 12;
