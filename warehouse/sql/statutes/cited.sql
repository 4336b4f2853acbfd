-- Laws that the articles as they are now cite, with the day whose law counts; most cited first.
SELECT c.statute_id, c.law_title, c.as_of, count(*) AS citations, count(c.article_no) AS places
FROM core.citation AS c
INNER JOIN core.article_version AS v ON v.version_id = c.version_id AND v.valid_to IS NULL
WHERE c.law_title IS NOT NULL
GROUP BY ALL
ORDER BY citations DESC, c.law_title, c.as_of;
