-- The most copied originals, each with its copies, the closest in time first.
WITH largest AS (
    SELECT original_id, count(*) AS copies
    FROM reposts
    GROUP BY original_id
    ORDER BY copies DESC, original_id
    LIMIT $most
)
SELECT
    r.original_id,
    r.original_title,
    r.original_source,
    r.original_url,
    original.published_on AS original_on,
    largest.copies,
    r.repost_title,
    r.repost_source,
    r.repost_url,
    r.relation,
    r.similarity,
    r.lag_days
FROM reposts AS r
JOIN largest ON largest.original_id = r.original_id
JOIN articles AS original ON original.article_id = r.original_id
ORDER BY largest.copies DESC, r.original_id, r.lag_days NULLS LAST, r.repost_url;
