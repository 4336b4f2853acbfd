-- The present epoch, over how many texts it counted, and how many there are.
SELECT
    (SELECT coalesce(max(epoch), 0) FROM core.epoch),
    (SELECT coalesce(max(size), 0) FROM core.epoch),
    (SELECT count(*) FROM core.signature);
