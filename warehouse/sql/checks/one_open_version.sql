-- A page has not exactly one version without an end, its current one; run: fatiao build --rebuild
SELECT a.article_id, a.url, count(v.version_id) AS open_versions
FROM core.article AS a
LEFT JOIN core.article_version AS v ON v.article_id = a.article_id AND v.valid_to IS NULL
GROUP BY a.article_id, a.url, a.current_version_id
HAVING count(v.version_id) <> 1 OR any_value(v.version_id) <> a.current_version_id;
