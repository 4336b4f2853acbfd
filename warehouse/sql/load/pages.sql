-- Pages into the warehouse, from the temporary tables staged_page and staged_citation; no two
-- pages are of one article.  Loading again changes nothing: a row is keyed by what it came from.

INSERT OR REPLACE INTO ops.page
SELECT
    s.fetch_id,
    CASE
        WHEN s.outcome <> 'article' THEN s.outcome
        WHEN a.article_id IS NULL THEN 'new'
        WHEN a.current_version_id = s.version_id THEN 'unchanged'
        ELSE 'changed'
    END,
    CASE WHEN s.outcome = 'article' OR a.article_id IS NOT NULL THEN s.article_id END,
    CASE WHEN s.outcome = 'article' THEN s.version_id ELSE a.current_version_id END
FROM staged_page s
LEFT JOIN core.article a USING (article_id);

UPDATE core.article_version v
SET valid_to = s.fetched_at
FROM staged_page s
JOIN core.article a USING (article_id)
WHERE s.outcome = 'article'
    AND v.version_id = a.current_version_id
    AND v.version_id <> s.version_id;

INSERT INTO core.article_version
SELECT
    s.version_id,
    s.article_id,
    1 + (SELECT count(*) FROM core.article_version v WHERE v.article_id = s.article_id),
    s.fetch_id,
    s.fetched_at,
    NULL,
    s.title,
    s.author,
    s.category,
    s.published_at,
    s.published_on,
    s.published_precision,
    s.published_evidence,
    s.text,
    s.text_sha256,
    s.char_count,
    s.charset_declared,
    s.charset_chosen,
    s.extract_version
FROM staged_page s
WHERE s.outcome = 'article'
ON CONFLICT (version_id) DO UPDATE SET
    valid_to = NULL,
    title = excluded.title,
    author = excluded.author,
    category = excluded.category,
    extract_version = excluded.extract_version;

INSERT INTO core.article
SELECT s.article_id, s.source, s.url, s.fetched_at, s.fetched_at, NULL, s.version_id
FROM staged_page s
WHERE s.outcome = 'article'
ON CONFLICT (article_id) DO UPDATE SET
    last_fetched_at = greatest(last_fetched_at, excluded.last_fetched_at),
    gone_at = NULL,
    current_version_id = excluded.current_version_id;

UPDATE core.article a
SET last_fetched_at = greatest(a.last_fetched_at, s.fetched_at), gone_at = NULL
FROM staged_page s
WHERE s.article_id = a.article_id AND s.outcome = 'not_modified';

UPDATE core.article a
SET gone_at = coalesce(a.gone_at, s.fetched_at)
FROM staged_page s
WHERE s.article_id = a.article_id AND s.outcome = 'gone';

DELETE FROM core.citation
WHERE version_id IN (SELECT version_id FROM staged_page WHERE outcome = 'article')
    AND citation_id NOT IN (SELECT citation_id FROM staged_citation);

INSERT OR REPLACE INTO core.citation SELECT * FROM staged_citation;

INSERT OR REPLACE INTO core.rejection
SELECT fetch_id, source, url, fetched_at, reason, detail
FROM staged_page
WHERE outcome = 'rejected';
