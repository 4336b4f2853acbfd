-- All matches; a text without one stands for itself.
SELECT text_no, coalesce(matched_no, text_no) AS matched_no, root_no
FROM core.signature
ORDER BY text_no;
