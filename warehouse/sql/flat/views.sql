-- The same views over what was worked out: columns, order and meaning are those of views.sql.
CREATE OR REPLACE VIEW cited AS
SELECT * EXCLUDE (is_current)
FROM core.citation
WHERE is_current;

CREATE OR REPLACE VIEW articles AS
SELECT
    article_id,
    source,
    url,
    title,
    author,
    category,
    coalesce(corrected_on, published_on) AS published_on,
    if(corrected_on IS NULL, published_at, NULL) AS published_at,
    if(corrected_on IS NULL, published_precision, 'day') AS published_precision,
    published_evidence,
    published_place,
    publisher,
    tags,
    origin,
    origin_url,
    incomplete,
    pages,
    answers,
    first_fetched_at,
    last_fetched_at,
    gone_at,
    version_no,
    valid_from AS version_since,
    char_count,
    cluster_id,
    canonical_id = article_id AS is_canonical,
    CASE WHEN canonical_id <> article_id THEN canonical_id END AS duplicate_of,
    relation,
    similarity,
    repost_count,
    overridden,
    text,
    text_sha256,
    version_id,
    fetch_id
FROM core.article_version
WHERE is_current;

CREATE OR REPLACE VIEW reposts AS FROM core.repost;
