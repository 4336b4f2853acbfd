-- Some of the pairs to compare.
SELECT parent_no, child_no
FROM pair
WHERE rowid >= $first AND rowid < $last
ORDER BY rowid;
