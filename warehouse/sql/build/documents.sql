-- The current text of each article in `wanted`, with what orders it: the day that the page gives as
-- its date, or the analyst's correction of it, else the time of its first fetch.  By the order of
-- fetching alone, whoever is crawled first would be taken for the author.
SELECT
    a.article_id,
    least(
        a.first_fetched_at,
        CASE
            WHEN o.line IS NOT NULL THEN o.published_on::TIMESTAMPTZ
            WHEN v.published_precision IN ('second', 'minute', 'hour', 'day')
            THEN coalesce(v.published_at, v.published_on::TIMESTAMPTZ)
        END
    ) AS dated_at,
    v.text
FROM core.article a
JOIN core.article_version v ON v.version_id = a.current_version_id
LEFT JOIN ops.override o
    ON o.article_id = a.article_id AND o.kind = 'date' AND o.state = 'applied'
WHERE a.article_id IN (SELECT article_id FROM wanted);
