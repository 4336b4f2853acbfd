-- The texts whose root may be another now: those of clusters that a text joined or left.
SELECT
    s.text_no,
    coalesce(s.matched_no, s.text_no) AS matched_no,
    s.root_no,
    coalesce(p.root_no, s.root_no) AS matched_root
FROM core.signature AS s
LEFT JOIN core.signature AS p ON p.text_no = s.matched_no
WHERE s.root_no IN (SELECT root_no FROM core.signature WHERE text_no IN (FROM affected))
ORDER BY s.text_no;
