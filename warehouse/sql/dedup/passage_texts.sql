-- Some of the pairs, by the articles that have the texts.
SELECT c.text_no AS child_no, p.text_no AS parent_no, c.head_id AS child_id, p.head_id AS parent_id
FROM pair
JOIN core.signature AS c ON c.text_no = child_no
JOIN core.signature AS p ON p.text_no = parent_no
WHERE pair.pair_no >= $first AND pair.pair_no < $last
ORDER BY pair.pair_no;
