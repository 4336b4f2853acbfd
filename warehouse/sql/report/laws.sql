-- The laws cited most; reposts count once, with their original.
SELECT
    law AS label,
    count(*) AS citations,
    count(*) FILTER (WHERE is_bad) AS bad,
    count(DISTINCT article_id) AS articles
FROM citations
WHERE is_canonical AND law IS NOT NULL
GROUP BY law
ORDER BY citations DESC, label
LIMIT 12;
