-- Sources that publish nothing any more: no day with news for longer than chance allows, were days
-- with news a Poisson process (articles are none: they come in bursts).  Of K such days in T days,
-- t more days of silence have the chance (T / (T + t)) ^ K.  Only where the run came to its end,
-- lists were read, and news were seen to come in before; a silence a month older is the new normal.
WITH day_of_news AS (
    SELECT
        a.source,
        a.url,
        a.first_fetched_at,
        CASE
            WHEN v.published_precision IN ('second', 'minute', 'hour', 'day') THEN v.published_on
            ELSE CAST(a.first_fetched_at AS DATE)
        END AS day
    FROM core.article AS a
    JOIN core.article_version AS v ON v.version_id = a.current_version_id
), watched AS (
    SELECT
        source,
        min(fetched_at) AS since,
        CAST(max(fetched_at) FILTER (WHERE run_id = $run_id) AS DATE) AS today
    FROM ops.fetch
    WHERE run_id <= $run_id
    GROUP BY source
    HAVING bool_or(
        run_id = $run_id AND error IS NULL AND kind IN ('listing', 'feed', 'sitemap', 'not_modified')
    )
), last_half_year AS (
    SELECT d.source, w.today, d.url, d.day, max(d.day) OVER by_source AS last_day
    FROM day_of_news AS d
    JOIN watched AS w USING (source)
    WHERE d.day <= w.today
    WINDOW by_source AS (PARTITION BY d.source)
    QUALIFY d.day > last_day - 180
        AND max(d.first_fetched_at - w.since) OVER by_source > INTERVAL 1 DAY
), counted AS (
    SELECT
        source,
        count(DISTINCT day) - 1 AS news,
        max(last_day) - min(day) AS days,
        max(today) - max(last_day) AS silent,
        max(last_day) AS last_day,
        list(url ORDER BY day DESC, url)[1:3] AS examples
    FROM last_half_year
    GROUP BY source
)
SELECT
    source,
    0 AS bad,
    CAST(silent AS BIGINT) AS total,
    news AS usual_bad,
    CAST(days AS BIGINT) AS usual_total,
    CAST(last_day AS VARCHAR) AS detail,
    examples,
    pow(days / (days + silent), news) AS chance
FROM counted
WHERE news >= 5
    AND days > 0
    AND chance < $chance
    AND silent < days * (pow(1 / $chance, 1 / news) - 1) + 30
    AND (SELECT outcome FROM ops.run WHERE run_id = $run_id) IN ('finished', 'nothing_due');
