-- The new matches, as the articles whose texts are to be related.
SELECT
    b.child_no,
    c.head_id AS child_id,
    p.head_id AS parent_id,
    b.jaccard,
    b.rare_jaccard,
    b.containment
FROM better AS b
JOIN core.signature AS c ON c.text_no = b.child_no
JOIN core.signature AS p ON p.text_no = b.parent_no
ORDER BY b.child_no;
