-- How many citations, and in how many articles, got which verdict?
SELECT
    verdict,
    count(*) AS citations,
    count(DISTINCT article_id) AS articles
FROM citations
GROUP BY verdict
ORDER BY citations DESC, verdict;
