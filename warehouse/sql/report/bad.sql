-- Citations that were wrong on the day of the article, in originals, the latest article first.
-- `before` is the text before the cited words: it tells which of several equal words are meant.
SELECT
    c.article_id,
    c.source,
    c.title,
    c.url,
    c.published_on,
    c.verdict,
    c.verdict_today,
    c.provision,
    c.raw_text,
    c.sentence,
    c.detail,
    c.detail_en,
    c.evidence_words,
    c.correction,
    a.repost_count,
    substr(a.text, greatest(1, c.start_char - 499), least(500, c.start_char)) AS before
FROM citations AS c
JOIN articles AS a ON a.article_id = c.article_id
WHERE c.is_bad AND c.is_canonical
ORDER BY c.published_on DESC NULLS LAST, c.url, c.start_char
LIMIT $most;
