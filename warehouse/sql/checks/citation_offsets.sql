-- A citation's offsets do not cut its own words out of the stored text; run: fatiao build --rebuild
SELECT c.citation_id, c.start_char, c.end_char, c.raw_text
FROM core.citation AS c
JOIN unchecked_version AS u ON u.version_id = c.version_id
JOIN core.article_version AS v ON v.rowid = u.place
WHERE substr(v.text, c.start_char + 1, c.end_char - c.start_char) IS DISTINCT FROM c.raw_text
    OR c.end_char <= c.start_char
    OR NOT contains(c.sentence, regexp_replace(c.raw_text, '^[\s\p{Z}]+|[\s\p{Z}]+$', '', 'g'))
    OR c.quote_start < 0
    OR c.quote_end <= c.quote_start
    OR c.quote_end > v.char_count;
