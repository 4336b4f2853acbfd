-- A citation names a version, a page or a statute that is not stored; run: fatiao build --rebuild
SELECT c.citation_id, c.version_id, c.article_id, c.statute_id
FROM core.citation AS c
LEFT JOIN core.article_version AS v
    ON v.version_id = c.version_id AND v.article_id = c.article_id
LEFT JOIN core.article AS a ON a.article_id = c.article_id
LEFT JOIN core.statute AS s ON s.statute_id = c.statute_id
WHERE v.version_id IS NULL
    OR a.article_id IS NULL
    OR (c.statute_id IS NOT NULL AND s.statute_id IS NULL);
