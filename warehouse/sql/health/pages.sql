-- Of the requests, the pages that should hold an article: they held one before, or look like one.
-- What answers "not modified" shows nothing; refusals, failures and removals are judged apart.
CREATE OR REPLACE TEMP TABLE page AS
WITH earlier AS (
    SELECT f.source, f.url, min(p.fetch_id) AS first_read
    FROM ops.page AS p
    JOIN ops.fetch AS f USING (fetch_id)
    WHERE p.outcome IN ('new', 'changed', 'unchanged')
    GROUP BY f.source, f.url
), expected AS (
    SELECT
        q.*,
        coalesce(x.reason, q.error, 'no_text') AS reason,
        r.title,
        r.text_sha256,
        r.char_count,
        r.is_dated,
        r.is_damaged,
        r.citations,
        r.charset,
        coalesce(p.outcome, 'rejected') = 'rejected' AS is_lost,
        row_number() OVER (PARTITION BY q.source ORDER BY q.fetch_id DESC) AS place,
        least(20, count(*) OVER (PARTITION BY q.source) // 3) AS least_window
    FROM request AS q
    LEFT JOIN earlier AS e ON e.source = q.source AND e.url = q.url
    LEFT JOIN ops.page AS p ON p.fetch_id = q.fetch_id
    LEFT JOIN ops.reading AS r ON r.fetch_id = q.fetch_id
    LEFT JOIN core.rejection AS x ON x.fetch_id = q.fetch_id
    WHERE q.status = 200
        AND q.kind <> 'not_modified'
        AND NOT q.is_refused
        AND (q.kind = 'article' OR e.first_read < q.fetch_id)
        AND coalesce(x.reason, '') <> 'too_old'
)
SELECT
    * EXCLUDE (in_window, is_usual, place, least_window),
    is_now OR place <= least_window AS in_window,
    was_well AND NOT is_now AND place > least_window AS is_usual
FROM expected;
