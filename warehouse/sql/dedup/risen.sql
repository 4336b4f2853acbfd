-- Texts that may be compared with others now, as some left.
INSERT INTO judged
SELECT text_no FROM risen WHERE text_no NOT IN (FROM judged)
RETURNING text_no;
