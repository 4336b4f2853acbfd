-- Passages that were found, in place of what is known of these pairs.
DELETE FROM core.relation
WHERE (text_no, other_no) IN (SELECT (text_no, other_no) FROM staged);

INSERT INTO core.relation
SELECT
    text_no, other_no, relation, similarity,
    start_char, end_char, other_start, other_end, other_paragraph
FROM staged;
