-- How many articles show no date of publication?
SELECT count(*) AS articles
FROM articles
WHERE published_on IS NULL;
