-- A page or post of an article lies outside its text, or of no version; run: fatiao build --rebuild
SELECT p.version_id, p.start_char, p.end_char, v.char_count
FROM (
    SELECT version_id, start_char, end_char FROM core.version_page
    UNION ALL
    SELECT version_id, start_char, end_char FROM core.part
) AS p
LEFT JOIN core.article_version AS v ON v.version_id = p.version_id
WHERE v.version_id IS NULL
    OR p.start_char < 0
    OR p.end_char <= p.start_char
    OR p.end_char > v.char_count;
