-- Pairs of texts of different clusters that share enough rare fragments.
-- Numbered here: within a transaction DuckDB's own row numbers begin at 2 to the 55.
CREATE OR REPLACE TEMP TABLE pair AS
SELECT
    row_number() OVER (ORDER BY f.child_no, f.parent_no) - 1 AS pair_no,
    f.child_no,
    f.parent_no
FROM staged AS f
JOIN core.signature AS c ON c.text_no = f.child_no
JOIN core.signature AS p ON p.text_no = f.parent_no
WHERE c.root_no <> p.root_no;
