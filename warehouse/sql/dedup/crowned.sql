-- Which of the candidates is the original: the one that others name as their source; then the
-- earliest day; of one day what names no source, for a name of somebody outside makes nobody here
-- the author; the earliest minute where all of them tell it; the site that is the original more
-- often; the first.  The rule that set it off from the next is kept.
INSERT OR REPLACE INTO core.cluster (
    cluster_id, canonical_id, rule, evidence, original_source, sources
)
WITH credit AS (
    SELECT
        cluster_id,
        article_id,
        unnest([name FOR name IN credits IF NOT list_contains(names, name)]) AS name
    FROM candidate
),
named AS (
    SELECT c.article_id, count(DISTINCT t.article_id) AS times, min(t.name) AS name
    FROM credit AS t
    JOIN candidate AS c ON c.cluster_id = t.cluster_id AND list_contains(c.names, t.name)
    GROUP BY c.article_id
),
credited AS (
    SELECT article_id, min(name) AS name FROM credit GROUP BY article_id
),
site AS (
    SELECT cluster_id, list_sort(list(DISTINCT source)) AS sources
    FROM candidate
    GROUP BY cluster_id
),
weighed AS (
    SELECT
        c.cluster_id,
        c.article_id,
        c.source,
        c.day,
        c.order_key,
        coalesce(n.times, 0) AS times,
        n.name AS named,
        t.name AS credit,
        (t.name IS NOT NULL)::INTEGER AS is_credited,
        coalesce(s.standing, 0.5) AS standing,
        CASE WHEN bool_and(c.is_timed) OVER same_day THEN c.order_key ELSE '' END AS moment
    FROM candidate AS c
    LEFT JOIN named AS n USING (article_id)
    LEFT JOIN credited AS t USING (article_id)
    LEFT JOIN standing AS s USING (source)
    WINDOW same_day AS (
        PARTITION BY c.cluster_id, coalesce(n.times, 0), t.name IS NOT NULL, c.day
    )
),
ranked AS (
    SELECT
        *,
        row_number() OVER by_worth AS place,
        lead({
            'times': times,
            'is_credited': is_credited,
            'credit': credit,
            'day': day,
            'moment': moment,
            'standing': standing
        }) OVER by_worth AS next
    FROM weighed
    WINDOW by_worth AS (
        PARTITION BY cluster_id
        ORDER BY
            times DESC,
            day NULLS LAST,
            is_credited,
            moment,
            standing DESC,
            order_key,
            article_id
    )
)
SELECT
    cluster_id,
    article_id,
    CASE
        WHEN times > next.times THEN 'named'
        WHEN day IS DISTINCT FROM next.day THEN 'dated'
        WHEN is_credited < next.is_credited THEN 'credited'
        WHEN moment < next.moment THEN 'timed'
        WHEN standing > next.standing THEN 'reputed'
        ELSE 'first'
    END AS rule,
    CASE rule
        WHEN 'named' THEN named || ' × ' || times
        WHEN 'credited' THEN next.credit
        WHEN 'dated' THEN concat_ws(' < ', day, next.day)
        WHEN 'timed' THEN day
        WHEN 'reputed' THEN standing || ' > ' || next.standing
        ELSE ''
    END,
    source,
    sources
FROM ranked
JOIN site USING (cluster_id)
WHERE place = 1;
