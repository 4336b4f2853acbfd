-- Pairs of texts of different clusters that share enough rare fragments, as in pairs.sql.
CREATE OR REPLACE TEMP TABLE pair AS
SELECT
    row_number() OVER (ORDER BY c.text_no, p.text_no) - 1 AS pair_no,
    c.text_no AS child_no,
    p.text_no AS parent_no
FROM seat AS p
JOIN bucket AS b USING (band)
JOIN seat AS c ON c.band = p.band AND c.seat > p.seat
JOIN core.signature AS cs ON cs.text_no = c.text_no
JOIN core.signature AS ps ON ps.text_no = p.text_no
WHERE p.seat <= $leaders
    AND (c.is_judged OR p.is_judged OR p.seat > $leaders - b.gone)
    AND cs.root_no <> ps.root_no
GROUP BY c.text_no, p.text_no
HAVING count(*) >= $least;
