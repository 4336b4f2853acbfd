-- Which passages stand in most articles, and where was each first seen?
SELECT articles, sources, left(passage, 80) AS passage, first_source, first_published_on, first_url
FROM passages
ORDER BY articles DESC, length(passage) DESC, first_url, paragraph
LIMIT 20;
