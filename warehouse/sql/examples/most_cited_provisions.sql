-- Which provisions are cited most?
SELECT provision, count(*) AS citations, count(DISTINCT article_id) AS articles
FROM citations
WHERE is_canonical AND article_no IS NOT NULL
GROUP BY provision
ORDER BY citations DESC, provision
LIMIT 20;
