-- The texts whose root may be another now: those of clusters that a text joined or left.
WITH text AS MATERIALIZED (
    SELECT text_no, matched_no, root_no
    FROM core.signature
    WHERE root_no IN (SELECT root_no FROM core.signature WHERE text_no IN (FROM affected))
),
match AS MATERIALIZED (
    SELECT text_no, root_no
    FROM core.signature
    WHERE text_no IN (SELECT matched_no FROM text)
)
SELECT
    s.text_no,
    coalesce(s.matched_no, s.text_no) AS matched_no,
    s.root_no,
    coalesce(p.root_no, s.root_no) AS matched_root
FROM text AS s
LEFT JOIN match AS p ON p.text_no = s.matched_no
ORDER BY s.text_no;
