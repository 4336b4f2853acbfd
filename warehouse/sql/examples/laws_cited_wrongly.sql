-- Which statutes are cited wrongly most, and in what way, reposts left out?
SELECT
    law,
    count(*) AS citations,
    count(*) FILTER (WHERE is_bad) AS wrong,
    round(100 * avg(is_bad::INTEGER), 1) AS wrong_percent,
    count(*) FILTER (WHERE verdict = 'repealed') AS repealed,
    count(*) FILTER (WHERE verdict = 'not_yet_in_force') AS not_yet_in_force,
    count(*) FILTER (WHERE verdict = 'no_such_article') AS no_such_article,
    count(*) FILTER (WHERE verdict = 'wrong_article') AS wrong_article,
    count(*) FILTER (WHERE verdict = 'quote_differs') AS quote_differs,
    count(*) FILTER (WHERE verdict = 'wrong_document_number') AS wrong_number,
    count(*) FILTER (WHERE verdict = 'wrong_title') AS wrong_title
FROM citations
WHERE is_canonical AND statute_id IS NOT NULL
GROUP BY law
HAVING wrong > 0
ORDER BY wrong DESC, law
LIMIT 20;
