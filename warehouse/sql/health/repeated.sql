-- Readings up to $last that are no article's text but the site's: at least $least articles of one
-- source that had other texts before were given this one instead, one of them since $first.
WITH suspect AS (
    SELECT DISTINCT f.source, r.text_sha256
    FROM ops.page AS p
    JOIN ops.reading AS r USING (fetch_id)
    JOIN ops.fetch AS f USING (fetch_id)
    WHERE p.fetch_id BETWEEN $first AND $last AND p.outcome = 'changed'
), given AS (
    SELECT s.source, s.text_sha256, r.fetch_id, r.article_id
    FROM suspect AS s
    JOIN ops.reading AS r ON r.text_sha256 = s.text_sha256
    JOIN ops.fetch AS f ON f.fetch_id = r.fetch_id AND f.source = s.source
    WHERE r.fetch_id <= $last
        AND r.text_sha256 <> (
            SELECT arg_min(o.text_sha256, o.fetch_id)
            FROM ops.reading AS o
            WHERE o.article_id = r.article_id
        )
)
SELECT
    g.fetch_id,
    'repeated_text' AS reason,
    'other articles of the site have the same text instead of their own' AS detail
FROM given AS g
JOIN ops.page AS p USING (fetch_id)
WHERE p.outcome <> 'rejected'
QUALIFY count(DISTINCT g.article_id) OVER (PARTITION BY g.source, g.text_sha256) >= $least;
