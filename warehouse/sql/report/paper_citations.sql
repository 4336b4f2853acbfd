-- The citations of the articles $ids, in the order of the text.
SELECT
    article_id,
    verdict,
    law,
    concat('《', law, '》第', article_no, '条', '之' || nullif(article_suffix, 0)) AS label,
    detail,
    detail_en,
    correction,
    overridden,
    raw_text,
    sentence,
    start_char,
    end_char
FROM citations
WHERE list_contains($ids, article_id)
ORDER BY article_id, start_char;
