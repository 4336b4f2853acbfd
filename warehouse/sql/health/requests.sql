-- The newest requests of each source that run $run_id asked, and what stands for what:
-- is_now: made by the run.  in_window: what is judged, these and, where they are few, those before.
-- is_usual: what it is compared with, earlier requests of runs in which the source was well; but
-- what has lasted for a month is the new normal.  Imported pages tell nothing of the site today.
CREATE OR REPLACE TEMP TABLE request AS
WITH latest AS (
    SELECT
        f.source,
        f.fetch_id,
        f.run_id,
        f.url,
        f.status,
        f.kind,
        f.error,
        f.fetched_at,
        row_number() OVER newest AS place,
        least(20, count(*) OVER (PARTITION BY f.source) // 3) AS least_window,
        max(f.fetched_at) OVER (PARTITION BY f.source) AS until
    FROM ops.fetch AS f
    JOIN ops.run AS r ON r.run_id = f.run_id
    WHERE f.run_id <= $run_id
        AND r.outcome <> 'import'
        AND f.source IN (SELECT source FROM ops.fetch WHERE run_id = $run_id)
    WINDOW newest AS (PARTITION BY f.source ORDER BY f.fetch_id DESC)
    QUALIFY place <= 5000
)
SELECT
    l.source,
    l.fetch_id,
    l.url,
    l.status,
    l.kind,
    l.error,
    l.fetched_at,
    l.run_id = $run_id AS is_now,
    l.run_id = $run_id OR l.place <= l.least_window AS in_window,
    coalesce(s.state, 'ok') = 'ok' OR l.fetched_at < l.until - INTERVAL 30 DAY AS was_well,
    was_well AND NOT is_now AND l.place > l.least_window AS is_usual,
    coalesce(
        l.kind = 'blocked' OR l.error IN ('http_401', 'http_403', 'http_429', 'http_451'), FALSE
    ) AS is_refused,
    coalesce(l.kind = 'redirect' AND l.error = 'out_of_scope', FALSE) AS is_moved
FROM latest AS l
LEFT JOIN ops.source_run AS s ON s.run_id = l.run_id AND s.source = l.source;
