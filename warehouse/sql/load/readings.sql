-- What was read in the article pages of staged_page, whatever becomes of it.
INSERT OR REPLACE INTO ops.reading
SELECT
    s.fetch_id,
    s.article_id,
    s.title,
    s.text_sha256,
    s.char_count,
    s.published_on IS NOT NULL,
    contains(s.text, chr(65533)),
    (SELECT count(*) FROM staged_citation AS c WHERE c.version_id = s.version_id),
    s.charset_chosen,
    s.extractor
FROM staged_page AS s
WHERE s.outcome = 'article';
