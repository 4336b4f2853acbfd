-- Pages into the warehouse, from the temporary tables staged_page and staged_citation; no two
-- pages are of one article.  Loading again changes nothing: a row is keyed by what it came from.
--
-- A version is a text that a page had from one time on.  Fetches may come out of their order (an
-- older recording is imported, a clock is set back), so a version's place is found by time; a text
-- that comes back is a version of its own, whose id ends in its number: -2, -3.

-- Where each text belongs: covering_id is the version of that time, next_id the one after it.
CREATE OR REPLACE TEMP TABLE placed AS
WITH around AS (
    SELECT
        s.fetch_id,
        s.article_id,
        s.version_id AS text_id,
        s.fetched_at,
        count(v.version_id) AS versions,
        count(v.version_id) FILTER (left(v.version_id, 33) = s.version_id) AS same_texts,
        arg_max(v.version_id, v.valid_from) FILTER (v.valid_from <= s.fetched_at) AS covering_id,
        max(v.valid_from) FILTER (v.valid_from <= s.fetched_at) AS covering_from,
        arg_min(v.version_id, v.valid_from) FILTER (v.valid_from > s.fetched_at) AS next_id
    FROM staged_page s
    LEFT JOIN core.article_version v USING (article_id)
    WHERE s.outcome = 'article'
    GROUP BY ALL
)
SELECT
    fetch_id,
    article_id,
    text_id,
    covering_id,
    versions,
    left(covering_id, 33) IS NOT DISTINCT FROM text_id AS is_unchanged,
    left(covering_id, 33) IS DISTINCT FROM text_id
        AND left(next_id, 33) IS NOT DISTINCT FROM text_id AS is_backdated,
    CASE
        WHEN left(covering_id, 33) = text_id THEN covering_id
        WHEN left(next_id, 33) = text_id THEN next_id
        WHEN same_texts = 0 THEN text_id
        ELSE text_id || '-' || (same_texts + 1)
    END AS version_id,
    CASE
        WHEN covering_from = fetched_at THEN fetched_at + INTERVAL 1 MILLISECOND
        ELSE fetched_at
    END AS valid_from
FROM around;

INSERT OR REPLACE INTO ops.page
SELECT
    s.fetch_id,
    CASE
        WHEN s.outcome <> 'article' THEN s.outcome
        WHEN p.versions = 0 THEN 'new'
        WHEN p.is_unchanged OR p.is_backdated THEN 'unchanged'
        ELSE 'changed'
    END,
    CASE WHEN s.outcome = 'article' OR a.article_id IS NOT NULL THEN s.article_id END,
    CASE WHEN s.outcome = 'article' THEN p.version_id ELSE a.current_version_id END,
    s.skeleton
FROM staged_page s
LEFT JOIN placed p USING (fetch_id)
LEFT JOIN core.article a ON a.article_id = s.article_id;

INSERT INTO core.article_version
SELECT
    p.version_id,
    s.article_id,
    0,
    s.fetch_id,
    p.valid_from,
    NULL,
    s.title,
    s.author,
    s.category,
    s.published_at,
    s.published_on,
    s.published_precision,
    s.published_evidence,
    s.published_place,
    s.publisher,
    coalesce(s.tags, []),
    s.origin,
    s.origin_url,
    s.incomplete,
    s.text,
    s.text_sha256,
    s.char_count,
    s.charset_declared,
    s.charset_chosen,
    s.extract_version,
    s.extractor
FROM staged_page s
JOIN placed p USING (fetch_id)
WHERE NOT p.is_unchanged AND NOT p.is_backdated;

INSERT INTO core.version_page
SELECT version_id, article_id, page.page_no, page.fetch_id, page.url, page.start_char, page.end_char
FROM (
    SELECT p.version_id, s.article_id, unnest(s.pages) AS page
    FROM staged_page s
    JOIN placed p USING (fetch_id)
    WHERE NOT p.is_unchanged AND NOT p.is_backdated
);

INSERT INTO core.part
SELECT
    version_id,
    article_id,
    part.part_no,
    part.kind,
    part.start_char,
    part.end_char,
    part.author,
    part.published_at,
    part.published_on,
    part.published_precision,
    part.published_evidence,
    part.is_accepted
FROM (
    SELECT p.version_id, s.article_id, unnest(s.parts) AS part
    FROM staged_page s
    JOIN placed p USING (fetch_id)
    WHERE NOT p.is_unchanged AND NOT p.is_backdated
);

-- Where the text of that time was met again later, it is a version of its own from then on.
CREATE OR REPLACE TEMP TABLE resumed AS
SELECT
    p.covering_id,
    left(p.covering_id, 33) || '-' || (
        SELECT 1 + count(*)
        FROM core.article_version o
        WHERE o.article_id = p.article_id AND left(o.version_id, 33) = left(p.covering_id, 33)
    ) AS version_id,
    min(f.fetched_at) AS valid_from,
    arg_min(f.fetch_id, f.fetched_at) AS fetch_id
FROM placed p
JOIN ops.page g ON g.version_id = p.covering_id
JOIN ops.fetch f ON f.fetch_id = g.fetch_id AND f.fetched_at > p.valid_from
WHERE NOT p.is_unchanged AND NOT p.is_backdated
GROUP BY p.article_id, p.covering_id;

INSERT INTO core.article_version
SELECT v.* REPLACE (r.version_id AS version_id, r.fetch_id AS fetch_id, r.valid_from AS valid_from)
FROM core.article_version v
JOIN resumed r ON r.covering_id = v.version_id;

INSERT INTO core.version_page
SELECT g.* REPLACE (r.version_id AS version_id)
FROM core.version_page g
JOIN resumed r ON r.covering_id = g.version_id;

INSERT INTO core.part
SELECT q.* REPLACE (r.version_id AS version_id)
FROM core.part q
JOIN resumed r ON r.covering_id = q.version_id;

INSERT INTO core.citation
SELECT c.* REPLACE (
    r.version_id AS version_id,
    left(sha256(r.version_id || ':' || c.start_char || ':' || c.end_char), 16) AS citation_id
)
FROM core.citation c
JOIN resumed r ON r.covering_id = c.version_id;

UPDATE ops.page g
SET version_id = r.version_id
FROM resumed r
JOIN ops.fetch f ON f.fetched_at >= r.valid_from
WHERE g.version_id = r.covering_id AND f.fetch_id = g.fetch_id;

UPDATE core.article_version v
SET valid_from = p.valid_from, fetch_id = p.fetch_id
FROM placed p
WHERE v.version_id = p.version_id AND p.is_backdated;

UPDATE core.article_version v
SET
    title = s.title,
    author = s.author,
    category = s.category,
    publisher = s.publisher,
    tags = coalesce(s.tags, []),
    origin = s.origin,
    origin_url = s.origin_url,
    incomplete = s.incomplete
FROM staged_page s
JOIN placed p USING (fetch_id)
WHERE v.version_id = p.version_id
    AND p.is_unchanged
    -- A list cannot be written in its place: DuckDB would write the whole row again, its text too.
    AND (
        v.title, v.author, v.category, v.publisher, v.tags, v.origin, v.origin_url, v.incomplete
    ) IS DISTINCT FROM (
        s.title, s.author, s.category, s.publisher, coalesce(s.tags, []), s.origin, s.origin_url,
        s.incomplete
    );

-- The rest follows from where the versions begin.
UPDATE core.article_version v
SET version_no = o.version_no, valid_to = o.valid_to
FROM (
    SELECT
        version_id,
        row_number() OVER history AS version_no,
        lead(valid_from) OVER history AS valid_to
    FROM core.article_version
    WHERE article_id IN (SELECT article_id FROM placed)
    WINDOW history AS (PARTITION BY article_id ORDER BY valid_from)
) AS o
WHERE o.version_id = v.version_id
    AND (v.version_no <> o.version_no OR v.valid_to IS DISTINCT FROM o.valid_to);

INSERT INTO core.article
SELECT s.article_id, s.source, s.url, s.fetched_at, s.fetched_at, NULL, p.version_id
FROM staged_page s
JOIN placed p USING (fetch_id)
ON CONFLICT (article_id) DO UPDATE SET
    first_fetched_at = least(first_fetched_at, excluded.first_fetched_at),
    gone_at = CASE WHEN gone_at > excluded.last_fetched_at THEN gone_at END,
    last_fetched_at = greatest(last_fetched_at, excluded.last_fetched_at);

-- A source that is no longer crawled gives its pages up to the one that brings them now.
UPDATE core.article a
SET source = s.source
FROM staged_page s
JOIN placed p USING (fetch_id), core.source former
WHERE a.article_id = s.article_id
    AND former.source = a.source
    AND a.source <> s.source
    AND NOT former.enabled;

UPDATE core.article a
SET current_version_id = v.version_id
FROM core.article_version v
WHERE v.article_id = a.article_id
    AND v.valid_to IS NULL
    AND v.version_id <> a.current_version_id
    AND a.article_id IN (SELECT article_id FROM placed);

UPDATE core.article a
SET last_fetched_at = greatest(a.last_fetched_at, s.fetched_at), gone_at = NULL
FROM staged_page s
WHERE s.article_id = a.article_id AND s.outcome = 'not_modified';

UPDATE core.article a
SET gone_at = coalesce(a.gone_at, s.fetched_at)
FROM staged_page s
WHERE s.article_id = a.article_id AND s.outcome = 'gone' AND s.fetched_at >= a.last_fetched_at;

-- The citations of an unchanged text stand already, as of the day that counts for it.
UPDATE staged_citation c
SET version_id = p.version_id,
    citation_id = left(sha256(p.version_id || ':' || c.start_char || ':' || c.end_char), 16)
FROM placed p
WHERE c.version_id = p.text_id AND p.version_id <> p.text_id;

DELETE FROM core.citation
WHERE version_id IN (SELECT version_id FROM placed WHERE NOT is_unchanged)
    AND citation_id NOT IN (SELECT citation_id FROM staged_citation);

INSERT OR REPLACE INTO core.citation
SELECT *
FROM staged_citation
WHERE version_id IN (SELECT version_id FROM placed WHERE NOT is_unchanged);

INSERT OR REPLACE INTO core.rejection
SELECT fetch_id, source, url, fetched_at, reason, detail
FROM staged_page
WHERE outcome = 'rejected';
