-- Nothing is left to compare: the next text begins as if it were the first.
DELETE FROM core.common_shingle;
DELETE FROM core.epoch;
