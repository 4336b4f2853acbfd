-- Archived fetches before $before that brought nothing new: neither the first of their URL, nor one
-- whose text was new or changed.  The newest of a URL stays in any case: a later fetch that brings
-- the same bytes refers to it.
WITH archived AS (
    SELECT
        f.fetch_id,
        f.fetched_at,
        coalesce(p.outcome IN ('new', 'changed'), false) AS is_news,
        row_number() OVER (PARTITION BY f.source, f.url ORDER BY f.fetch_id) AS first_to_last,
        row_number() OVER (PARTITION BY f.source, f.url ORDER BY f.fetch_id DESC) AS last_to_first
    FROM ops.fetch f
    LEFT JOIN ops.page p USING (fetch_id)
    WHERE f.archive_file IS NOT NULL AND f.kind <> 'not_modified'
)
SELECT fetch_id
FROM archived
WHERE first_to_last > 1
    AND last_to_first > 1
    AND NOT is_news
    AND fetched_at < $before
    AND fetch_id NOT IN (SELECT fetch_id FROM core.version_page)
UNION ALL
SELECT fetch_id
FROM ops.fetch
WHERE archive_file IS NOT NULL AND kind = 'not_modified' AND fetched_at < $before
ORDER BY fetch_id;
