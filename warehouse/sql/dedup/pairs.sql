-- Pairs to compare: each text with the first of its buckets, if they are earlier.  Of texts that
-- are not judged anew only with those that are, or that came to be among the first as others left.
-- Numbered here: within a transaction DuckDB's own row numbers begin at 2 to the 55.
CREATE OR REPLACE TEMP TABLE pair AS
SELECT
    row_number() OVER (ORDER BY child_no, parent_no) - 1 AS pair_no,
    child_no,
    parent_no
FROM (
    SELECT DISTINCT c.text_no AS child_no, p.text_no AS parent_no
    FROM seat AS p
    JOIN bucket AS b USING (band)
    JOIN seat AS c ON c.band = p.band AND c.seat > p.seat
    WHERE p.seat <= $leaders
        AND (c.is_judged OR p.is_judged OR p.seat > $leaders - b.gone)
);
