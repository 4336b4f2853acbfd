-- Two citations of one version cover the same words; report it, with the page's URL
SELECT c.version_id, c.start_char, c.end_char, count(*) AS citations
FROM core.citation AS c
GROUP BY c.version_id, c.start_char, c.end_char
HAVING count(*) > 1;
