-- Which live pages still cite a law that is repealed today, and what replaced it?
SELECT c.source, c.title, c.provision, s.repealed_on, s.replaced_by, c.correction, c.url
FROM citations AS c
JOIN statutes_today AS s ON s.statute_id = c.statute_id
JOIN articles AS a ON a.article_id = c.article_id
WHERE c.verdict_today = 'repealed' AND c.is_canonical AND a.gone_at IS NULL
ORDER BY c.source, c.title, c.start_char
LIMIT 50;
