-- How many articles are there?
SELECT count(*) AS articles
FROM articles;
