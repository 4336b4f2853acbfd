-- Feeds and sitemaps that named pages in the last month and now answer without any.
WITH now_empty AS (
    SELECT source, url, max(error) AS error, max(fetched_at) AS until
    FROM request
    WHERE is_now AND status IN (200, 404, 410) AND kind <> 'not_modified'
    GROUP BY source, url
    HAVING NOT bool_or(kind IN ('feed', 'sitemap') AND error IS NULL)
), was_full AS (
    SELECT n.source, n.url, n.error
    FROM now_empty AS n
    JOIN ops.fetch AS f ON f.source = n.source AND f.url = n.url AND f.run_id < $run_id
    WHERE f.kind IN ('feed', 'sitemap', 'not_modified')
        AND f.error IS NULL
        AND f.fetched_at > n.until - INTERVAL 30 DAY
    GROUP BY ALL
    HAVING bool_or(f.kind <> 'not_modified')
)
SELECT
    source,
    count(*) AS bad,
    count(*) AS total,
    0 AS usual_bad,
    count(*) AS usual_total,
    coalesce(mode(error), 'no feed') AS detail,
    list(url ORDER BY url)[1:3] AS examples,
    0.0 AS chance
FROM was_full
GROUP BY source;
