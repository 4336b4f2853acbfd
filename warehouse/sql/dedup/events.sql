-- What became of clusters.
-- Merged: the old one is no more, the new one was there.  Split: the other way round.
-- Moved: both were there and are.  Renamed: the member that named it is gone, or fetched later than
-- thought.  Crowned: the same cluster, another original.
CREATE OR REPLACE TEMP TABLE changed AS
SELECT
    old.cluster_id AS old_cluster,
    new.cluster_id AS new_cluster,
    old.canonical_id AS old_canonical,
    new.canonical_id AS new_canonical
FROM former AS old
JOIN core.duplicate AS new USING (article_id)
WHERE old_cluster <> new_cluster OR old_canonical <> new_canonical;

INSERT INTO core.cluster_event
WITH moved AS (
    SELECT old_cluster AS old_id, new_cluster AS new_id, count(*)::INTEGER AS articles
    FROM changed
    WHERE old_cluster <> new_cluster
    GROUP BY ALL
),
crowned AS (
    SELECT new_cluster AS cluster_id, new_canonical AS canonical_id, count(*)::INTEGER AS articles
    FROM changed
    WHERE old_cluster = new_cluster
    GROUP BY ALL
),
event AS (
    SELECT
        CASE
            WHEN is_old_there AND was_new_there THEN 'moved'
            WHEN is_old_there THEN 'split'
            WHEN was_new_there THEN 'merged'
            ELSE 'renamed'
        END AS what,
        old_id,
        new_id,
        articles
    FROM (
        SELECT
            *,
            old_id IN (
                SELECT d.cluster_id
                FROM core.duplicate AS d
                SEMI JOIN moved ON moved.old_id = d.cluster_id
            ) AS is_old_there,
            new_id IN (SELECT cluster_id FROM former) AS was_new_there
        FROM moved
    )
    UNION ALL
    SELECT 'crowned', cluster_id, canonical_id, articles FROM crowned
)
SELECT $epoch, what, old_id, new_id, articles
FROM event
ORDER BY what, old_id, new_id;
