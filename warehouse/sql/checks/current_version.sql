-- A page's current version is not stored, or is another page's; run: fatiao build --rebuild
SELECT a.article_id, a.url, a.current_version_id
FROM core.article AS a
LEFT JOIN core.article_version AS v
    ON v.version_id = a.current_version_id AND v.article_id = a.article_id
WHERE v.version_id IS NULL;
