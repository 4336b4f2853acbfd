-- Citations with their words and sentences cut from the masked text; run as part of an INSERT.
SELECT c.* REPLACE (
    coalesce(m.raw_text, c.raw_text) AS raw_text,
    coalesce(m.sentence, c.sentence) AS sentence,
    coalesce(m.detail, c.detail) AS detail,
    coalesce(m.detail_en, c.detail_en) AS detail_en
)
FROM private.core.citation AS c
LEFT JOIN masked_citation AS m ON m.citation_id = c.citation_id
