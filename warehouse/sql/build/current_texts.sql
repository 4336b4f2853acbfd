-- The text that counts now of every article.
SELECT a.url, v.text
FROM core.article a
JOIN core.article_version v ON v.version_id = a.current_version_id
ORDER BY a.url;
