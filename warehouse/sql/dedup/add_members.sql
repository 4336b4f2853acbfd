-- New articles; their texts are to be settled.  Those without any stand alone.
INSERT INTO core.member
SELECT
    article_id,
    order_key,
    nullif(text_digest, ''),
    seen_key,
    source,
    nullif(day, ''),
    is_timed,
    if(names = '', [], string_split(names, chr(10))),
    if(credits = '', [], string_split(credits, chr(10)))
FROM staged;

INSERT INTO core.unsettled_text
SELECT DISTINCT text_digest FROM staged WHERE text_digest <> '';

CREATE OR REPLACE TEMP TABLE wordless AS SELECT article_id FROM staged WHERE text_digest = '';
