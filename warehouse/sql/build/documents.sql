-- The current text of each article in `wanted`, with what orders it: the day that the page gives as
-- its date, or the analyst's correction of it, else the time of its first fetch.  By the order of
-- fetching alone, whoever is crawled first would be taken for the author.
WITH dated AS (
    SELECT
        a.article_id,
        v.text,
        CASE
            WHEN o.line IS NOT NULL THEN o.published_on::TIMESTAMPTZ
            WHEN v.published_precision IN ('second', 'minute', 'hour', 'day')
            THEN coalesce(v.published_at, v.published_on::TIMESTAMPTZ)
        END AS published_at,
        o.line IS NULL AND v.published_precision IN ('second', 'minute') AS tells_time,
        a.first_fetched_at,
        a.source,
        v.publisher,
        v.origin,
        v.origin_url,
        a.url
    FROM core.article AS a
    JOIN core.article_version AS v ON v.version_id = a.current_version_id
    LEFT JOIN ops.override AS o
        ON o.article_id = a.article_id AND o.kind = 'date' AND o.state = 'applied'
    WHERE a.article_id IN (SELECT article_id FROM wanted)
)
SELECT
    article_id,
    text,
    least(first_fetched_at, published_at) AS dated_at,
    dated_at::DATE AS day,
    coalesce(tells_time AND published_at <= first_fetched_at, FALSE) AS is_timed,
    first_fetched_at AS seen_at,
    source,
    url,
    [publisher] AS names,
    [origin, origin_url] AS origins
FROM dated;
