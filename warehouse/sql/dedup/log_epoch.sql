-- A new epoch; what it cost is noted at its end.
INSERT INTO core.epoch VALUES (
    $epoch,
    $size,
    $canonical_texts,
    $bound,
    $common_shingles,
    $judged_texts,
    0,
    -1,
    $dedup_version
);
