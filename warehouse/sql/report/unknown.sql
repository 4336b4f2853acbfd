-- Titles that the registry does not know: invented, misspelt, or missing there.
SELECT
    law_title AS title,
    count(*) AS citations,
    count(DISTINCT article_id) AS articles,
    min(url) AS url,
    arg_min(title, url) AS page
FROM citations
WHERE verdict = 'unknown_law' AND law_title IS NOT NULL
GROUP BY law_title
ORDER BY citations DESC, title
LIMIT $most;
