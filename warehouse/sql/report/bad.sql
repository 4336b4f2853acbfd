-- Citations that were wrong on the day of the article, in originals, the latest article first; of one
-- article $each at most, what it says again only after what it says otherwise, and how many it has.
-- `before` is the text before the cited words: it tells which of several equal words are meant.
-- By fetch_id the few texts are found without reading all.
WITH said AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY article_id) AS in_article,
        row_number() OVER (PARTITION BY article_id, verdict, provision ORDER BY start_char) AS time
    FROM citations
    WHERE is_bad AND is_canonical
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY time, start_char) AS place
    FROM said
), shown AS (
    SELECT *
    FROM placed
    WHERE place <= $each
    ORDER BY published_on DESC NULLS LAST, url, place
    LIMIT $most
)
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
    c.overridden,
    c.in_article,
    c.place,
    a.repost_count,
    substr(a.text, greatest(1, c.start_char - 499), least(500, c.start_char)) AS before
FROM shown AS c
JOIN (SELECT article_id, fetch_id FROM articles) AS k ON k.article_id = c.article_id
JOIN articles AS a ON a.article_id = k.article_id AND a.fetch_id = k.fetch_id
ORDER BY c.published_on DESC NULLS LAST, c.url, c.place;
