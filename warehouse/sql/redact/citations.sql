-- Citations with their words and sentences cut from the masked text; run as part of an INSERT.
SELECT c.* REPLACE (
    if(
        m.version_id IS NULL,
        c.raw_text,
        substr(m.text, c.start_char + 1, c.end_char - c.start_char)
    ) AS raw_text,
    CASE
        WHEN m.version_id IS NULL THEN c.sentence
        ELSE sentence_around(m.text, c.start_char, c.end_char)
    END AS sentence,
    if(m.version_id IS NULL, c.detail, mask(c.detail)) AS detail,
    if(m.version_id IS NULL, c.detail_en, mask(c.detail_en)) AS detail_en
)
FROM private.core.citation AS c
LEFT JOIN masked_text AS m ON m.version_id = c.version_id
