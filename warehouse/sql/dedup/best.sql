-- Each child's best match: of all verdicts where it was judged anew, else a new one only where it
-- is better than what it has.  Equal ones: the earlier.
CREATE OR REPLACE TEMP TABLE better AS
WITH offers AS (
    SELECT child_no, parent_no, jaccard, rare_jaccard, containment, TRUE AS is_new FROM verdict
    UNION ALL
    SELECT s.text_no, s.matched_no, s.jaccard, s.rare_jaccard, NULL, FALSE
    FROM core.signature AS s
    WHERE s.matched_no IS NOT NULL
        AND s.text_no IN (SELECT child_no FROM verdict)
        AND s.text_no NOT IN (FROM judged)
)
SELECT o.child_no, o.parent_no, o.jaccard, o.rare_jaccard, o.containment, o.is_new
FROM offers AS o
JOIN core.signature AS p ON p.text_no = o.parent_no
QUALIFY row_number() OVER (
    PARTITION BY o.child_no ORDER BY o.rare_jaccard DESC, p.head_order, p.head_id
) = 1;

DELETE FROM better WHERE NOT is_new;

UPDATE core.signature
SET matched_no = NULL, relation = NULL, jaccard = NULL, rare_jaccard = NULL, substitution = NULL
WHERE text_no IN (FROM judged);

UPDATE core.signature
SET matched_no = b.parent_no, jaccard = b.jaccard, rare_jaccard = b.rare_jaccard
FROM better AS b
WHERE b.child_no = signature.text_no;

INSERT INTO affected
FROM judged UNION ALL SELECT child_no FROM better;
