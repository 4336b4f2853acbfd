-- What beginning the epoch cost, if it began in this call.
UPDATE core.epoch
SET judged_pairs = $pairs, seconds = $seconds
WHERE epoch = $epoch AND seconds < 0;
