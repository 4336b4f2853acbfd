-- Readings since $first that lost most of their text, for less or for another, where at least $least
-- and a fifth of the articles that the run looked at again did so; and those that show again
-- what was withheld thus in the last month.  Later it counts as what the site wants to say.
WITH again AS (
    SELECT
        f.run_id,
        f.source,
        f.fetched_at,
        r.*,
        p.outcome,
        p.outcome = 'changed' AND (
            3 * r.char_count < before.char_count OR 2 * kept_of(before.text, v.text) < 1
        ) AS is_shrunk
    FROM ops.fetch AS f
    JOIN ops.reading AS r USING (fetch_id)
    JOIN ops.page AS p USING (fetch_id)
    LEFT JOIN core.article_version AS v ON v.version_id = p.version_id AND v.fetch_id = r.fetch_id
    LEFT JOIN core.article_version AS before
        ON before.article_id = v.article_id AND before.version_no = v.version_no - 1
    WHERE f.fetch_id <= $last
        AND f.run_id IN (SELECT run_id FROM ops.fetch WHERE fetch_id BETWEEN $first AND $last)
        AND p.outcome <> 'new'
), judged AS (
    SELECT
        *,
        count(*) FILTER (WHERE is_shrunk) OVER by_run AS shrunk,
        count(*) OVER by_run AS looked_at
    FROM again
    WINDOW by_run AS (PARTITION BY run_id, source)
)
SELECT
    fetch_id,
    'collapsed_text' AS reason,
    'most of the text is gone, as from other articles of the site' AS detail
FROM judged AS j
WHERE outcome <> 'rejected' AND (
    is_shrunk AND shrunk >= $least AND 5 * shrunk >= looked_at
    OR outcome = 'changed' AND EXISTS (
        FROM core.rejection AS x
        JOIN ops.reading AS r USING (fetch_id)
        WHERE x.reason = 'collapsed_text'
            AND r.article_id = j.article_id
            AND r.text_sha256 = j.text_sha256
            AND x.fetched_at > j.fetched_at - INTERVAL 30 DAY
    )
);
