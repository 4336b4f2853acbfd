-- A version's raw page is not to be found in the archive; run: fatiao build --rebuild
SELECT v.version_id, v.fetch_id, f.archive_file, f.archive_offset
FROM core.article_version AS v
LEFT JOIN ops.fetch AS f ON f.fetch_id = v.fetch_id
WHERE f.fetch_id IS NULL
    OR f.archive_file IS NULL
    OR f.archive_offset IS NULL
    OR f.archive_length IS NULL
    OR f.payload_digest IS NULL;
