-- Fetches that lead from an article to the home page, where at least $least and half of the articles
-- that the run looked at again do so: the site is closed for a while, or wants a login, and its
-- articles are not gone.  After a month of it they are.
WITH again AS (
    SELECT
        f.run_id,
        f.source,
        f.fetch_id,
        f.fetched_at,
        p.article_id,
        p.outcome,
        coalesce(f.error = 'leads_home', FALSE) AS is_homeward
    FROM ops.fetch AS f
    JOIN ops.page AS p USING (fetch_id)
    WHERE f.fetch_id <= $last
        AND f.run_id IN (SELECT run_id FROM ops.fetch WHERE fetch_id BETWEEN $first AND $last)
        AND p.outcome <> 'new'
), judged AS (
    SELECT
        *,
        count(*) FILTER (WHERE is_homeward) OVER by_run AS homeward,
        count(*) OVER by_run AS looked_at
    FROM again
    WINDOW by_run AS (PARTITION BY run_id, source)
)
SELECT
    fetch_id,
    'leads_home' AS reason,
    'leads to the home page, as most articles of the site do now' AS detail
FROM judged AS j
WHERE is_homeward
    AND outcome = 'gone'
    AND homeward >= $least
    AND 2 * homeward >= looked_at
    AND NOT EXISTS (
        FROM core.rejection AS x
        JOIN ops.page AS p USING (fetch_id)
        WHERE x.reason = 'leads_home'
            AND p.article_id = j.article_id
            AND x.fetched_at < j.fetched_at - INTERVAL 30 DAY
    );
