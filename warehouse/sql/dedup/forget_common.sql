-- What was common in the epoch before.
DELETE FROM core.common_shingle;
