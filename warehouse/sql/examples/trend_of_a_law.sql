-- How many originals cite the Civil Code, by month?
SELECT CAST(date_trunc('month', published_on) AS DATE) AS month, count(DISTINCT article_id) AS articles
FROM cites('民法典')
WHERE is_canonical AND published_on IS NOT NULL
GROUP BY month
ORDER BY month;
