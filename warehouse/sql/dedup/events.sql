-- What became of clusters.
-- Merged: the old one is no more, the new one was there.  Split: the other way round.
-- Moved: both were there and are.  Renamed: only its earliest member is another.
INSERT INTO core.cluster_event
SELECT
    $epoch,
    CASE
        WHEN is_old_there AND was_new_there THEN 'moved'
        WHEN is_old_there THEN 'split'
        WHEN was_new_there THEN 'merged'
        ELSE 'renamed'
    END,
    old_id,
    new_id,
    articles
FROM (
    SELECT
        *,
        old_id IN (SELECT cluster_id FROM core.duplicate) AS is_old_there,
        new_id IN (FROM former_cluster) AS was_new_there
    FROM changed_cluster
)
ORDER BY old_id, new_id;
