-- Of the requests, the pages that should hold an article: they held one before, or look like one.
-- What is "not modified" is what it was when it was last seen.  Refusals, failures and removals are
-- judged apart.
CREATE OR REPLACE TEMP TABLE page AS
WITH earlier AS (
    SELECT f.source, f.url, min(p.fetch_id) AS first_read
    FROM ops.page AS p
    JOIN ops.fetch AS f USING (fetch_id)
    WHERE p.outcome IN ('new', 'changed', 'unchanged')
    GROUP BY f.source, f.url
), seen AS (
    SELECT
        q.*,
        coalesce(x.reason, q.error, 'no_text') AS reason,
        r.* EXCLUDE (fetch_id),
        p.outcome,
        p.version_id,
        p.skeleton,
        coalesce(e.first_read < q.fetch_id, FALSE) AS is_again,
        CASE
            WHEN q.kind <> 'not_modified' THEN coalesce(p.outcome, 'rejected') = 'rejected'
        END AS is_refused_now
    FROM request AS q
    LEFT JOIN earlier AS e ON e.source = q.source AND e.url = q.url
    LEFT JOIN ops.page AS p ON p.fetch_id = q.fetch_id
    LEFT JOIN ops.reading AS r ON r.fetch_id = q.fetch_id
    LEFT JOIN core.rejection AS x ON x.fetch_id = q.fetch_id
    WHERE (q.status = 200 OR q.kind = 'not_modified')
        AND NOT q.is_refused
        AND (q.kind = 'article' OR e.first_read < q.fetch_id)
        AND coalesce(x.reason, '') NOT IN ('too_old', 'part')
), expected AS (
    SELECT
        *,
        coalesce(last_value(is_refused_now IGNORE NULLS) OVER (
            PARTITION BY source, url ORDER BY fetch_id
        ), FALSE) AS is_lost,
        row_number() OVER (PARTITION BY source ORDER BY fetch_id DESC) AS place,
        least(20, count(*) OVER (PARTITION BY source) // 3) AS least_window
    FROM seen
)
SELECT
    * EXCLUDE (in_window, is_usual, place, least_window, is_refused_now),
    title IS NOT NULL AND NOT is_lost AS is_read,
    is_now OR place <= least_window AS in_window,
    was_well AND NOT is_now AND place > least_window AS is_usual
FROM expected;
