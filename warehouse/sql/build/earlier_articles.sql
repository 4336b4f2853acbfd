-- The newest $most articles of $source that were read before the fetch $before, with their place
-- in the archive and what read them; the oldest first.
SELECT fetch_id, url, fetched_at, archive_file, archive_offset, archive_length, extractor
FROM (
    SELECT f.*, r.extractor
    FROM ops.reading r
    JOIN ops.fetch f USING (fetch_id)
    WHERE f.source = $source AND f.fetch_id < $before AND f.archive_file IS NOT NULL
    ORDER BY f.fetch_id DESC
    LIMIT $most
)
ORDER BY fetch_id;
