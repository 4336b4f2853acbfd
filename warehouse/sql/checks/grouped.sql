-- An article takes no part in the comparison with others, or is in no group; run: fatiao build --rebuild
SELECT a.article_id, a.url
FROM core.article AS a
LEFT JOIN core.member AS m ON m.article_id = a.article_id
LEFT JOIN core.duplicate AS d ON d.article_id = a.article_id
WHERE m.article_id IS NULL OR d.article_id IS NULL;
