-- One fetch is both an article's and a rejection; run: fatiao build --rebuild
SELECT r.fetch_id, r.url, r.reason
FROM core.rejection AS r
JOIN core.article_version AS v ON v.fetch_id = r.fetch_id;
