-- Some of the pairs to compare.
SELECT parent_no, child_no
FROM pair
WHERE pair_no >= $first AND pair_no < $last
ORDER BY pair_no;
