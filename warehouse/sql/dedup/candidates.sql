-- Pairs that share a band: texts of the part with earlier ones, and with later ones that are not
-- judged anew themselves.
WITH keys AS (
    SELECT band, text_no FROM core.band WHERE text_no IN (FROM part)
),
pairs AS (
    SELECT DISTINCT k.text_no AS one, b.text_no AS other
    FROM keys AS k
    JOIN core.band AS b USING (band)
    WHERE b.text_no <> k.text_no
),
ordered AS (
    SELECT
        p.one,
        p.other,
        (s.head_order, s.head_id) < (o.head_order, o.head_id) AS is_one_earlier
    FROM pairs AS p
    JOIN core.signature AS s ON s.text_no = p.one
    JOIN core.signature AS o ON o.text_no = p.other
)
SELECT
    CASE WHEN is_one_earlier THEN one ELSE other END AS parent_no,
    CASE WHEN is_one_earlier THEN other ELSE one END AS child_no
FROM ordered
WHERE NOT is_one_earlier OR other NOT IN (FROM judged)
ORDER BY child_no, parent_no;
