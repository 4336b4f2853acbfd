-- The new matches, as the articles whose texts are to be related.
WITH head AS MATERIALIZED (
    SELECT text_no, head_id
    FROM core.signature
    WHERE text_no IN (SELECT child_no FROM better UNION ALL SELECT parent_no FROM better)
)
SELECT
    b.child_no,
    c.head_id AS child_id,
    p.head_id AS parent_id,
    b.jaccard,
    b.rare_jaccard,
    b.containment
FROM better AS b
JOIN head AS c ON c.text_no = b.child_no
JOIN head AS p ON p.text_no = b.parent_no
ORDER BY b.child_no;
