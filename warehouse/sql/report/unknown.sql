-- Titles that the registry does not know: invented, misspelt, or missing there.
SELECT
    law_title AS title,
    count(*) AS citations,
    count(DISTINCT article_id) AS articles,
    any_value(url ORDER BY url) AS url
FROM citations
WHERE verdict = 'unknown_law' AND law_title IS NOT NULL
GROUP BY law_title
ORDER BY citations DESC, title
LIMIT $most;
