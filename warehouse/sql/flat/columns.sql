-- The columns and tables that only a published file has; citations.sql and versions.sql fill them.
ALTER TABLE core.citation ADD COLUMN is_current BOOLEAN;
ALTER TABLE core.citation ADD COLUMN source VARCHAR;
ALTER TABLE core.citation ADD COLUMN title VARCHAR;
ALTER TABLE core.citation ADD COLUMN published_on DATE;
ALTER TABLE core.citation ADD COLUMN is_canonical BOOLEAN;
ALTER TABLE core.citation ADD COLUMN law VARCHAR;
ALTER TABLE core.citation ADD COLUMN provision VARCHAR;
ALTER TABLE core.citation ADD COLUMN url VARCHAR;
ALTER TABLE core.citation ADD COLUMN then_from DATE;
ALTER TABLE core.citation ADD COLUMN then_articles INTEGER;
ALTER TABLE core.citation ADD COLUMN part_no SMALLINT;
ALTER TABLE core.citation ADD COLUMN part_kind VARCHAR;
ALTER TABLE core.citation ADD COLUMN part_author VARCHAR;
ALTER TABLE core.citation ADD COLUMN ruled VARCHAR;
ALTER TABLE core.citation ADD COLUMN ruled_note VARCHAR;
ALTER TABLE core.citation ADD COLUMN dated_note VARCHAR;
ALTER TABLE core.citation ADD COLUMN given VARCHAR;
ALTER TABLE core.citation ADD COLUMN is_bad BOOLEAN;
ALTER TABLE core.citation ADD COLUMN today_1 VARCHAR;
ALTER TABLE core.citation ADD COLUMN turn_1 DATE;
ALTER TABLE core.citation ADD COLUMN today_2 VARCHAR;
ALTER TABLE core.citation ADD COLUMN turn_2 DATE;
ALTER TABLE core.citation ADD COLUMN today_3 VARCHAR;
ALTER TABLE core.article_version ADD COLUMN is_current BOOLEAN;
ALTER TABLE core.article_version ADD COLUMN source VARCHAR;
ALTER TABLE core.article_version ADD COLUMN url VARCHAR;
ALTER TABLE core.article_version ADD COLUMN corrected_on DATE;
ALTER TABLE core.article_version ADD COLUMN char_change INTEGER;
ALTER TABLE core.article_version ADD COLUMN pages BIGINT;
ALTER TABLE core.article_version ADD COLUMN answers BIGINT;
ALTER TABLE core.article_version ADD COLUMN first_fetched_at TIMESTAMPTZ;
ALTER TABLE core.article_version ADD COLUMN last_fetched_at TIMESTAMPTZ;
ALTER TABLE core.article_version ADD COLUMN gone_at TIMESTAMPTZ;
ALTER TABLE core.article_version ADD COLUMN cluster_id VARCHAR;
ALTER TABLE core.article_version ADD COLUMN canonical_id VARCHAR;
ALTER TABLE core.article_version ADD COLUMN relation VARCHAR;
ALTER TABLE core.article_version ADD COLUMN similarity DOUBLE;
ALTER TABLE core.article_version ADD COLUMN repost_count BIGINT;
ALTER TABLE core.article_version ADD COLUMN overridden VARCHAR;

-- What the views reposts and statute_states say in the private file.
CREATE TABLE core.repost (
    cluster_id      VARCHAR,
    repost_id       VARCHAR PRIMARY KEY,
    repost_source   VARCHAR,
    repost_title    VARCHAR,
    repost_url      VARCHAR,
    original_id     VARCHAR,
    original_source VARCHAR,
    original_title  VARCHAR,
    original_url    VARCHAR,
    relation        VARCHAR,
    similarity      DOUBLE,
    lag_days        BIGINT,
    fetch_lag       INTERVAL
);

CREATE TABLE core.statute_state (
    statute_id      VARCHAR,
    since           DATE,
    until           DATE,
    short_title     VARCHAR,
    title           VARCHAR,
    kind            VARCHAR,
    document_number VARCHAR,
    state           VARCHAR,
    effective_from  DATE,
    article_count   INTEGER,
    repealed_on     DATE,
    replaced_by     VARCHAR,
    is_confirmed    BOOLEAN,
    PRIMARY KEY (statute_id, since)
);
