-- Which pages changed most since they were first read?
SELECT source, title, version_no, valid_from, char_change, url
FROM versions
WHERE char_change IS NOT NULL
ORDER BY abs(char_change) DESC, url
LIMIT 20;
