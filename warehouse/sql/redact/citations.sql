-- Citations with their words and sentences cut from the masked text; run as part of an INSERT.
SELECT c.* REPLACE (
    CASE
        WHEN regexp_matches(v.text, $candidate)
            THEN substr(mask(v.text), c.start_char + 1, c.end_char - c.start_char)
        ELSE c.raw_text
    END AS raw_text,
    CASE
        WHEN regexp_matches(v.text, $candidate)
            THEN masked_sentence(v.text, c.start_char, c.end_char)
        ELSE c.sentence
    END AS sentence
)
FROM private.core.citation AS c
JOIN private.core.article_version AS v ON v.version_id = c.version_id
