-- The warehouse's tables, in the order in which data flows.  Everything here can be made again
-- from the archive and the frontier (`fatiao build --rebuild`), so there are no migrations:
-- another SCHEMA_VERSION means another build.  Comments, views, macros and checks stand beside.

CREATE SCHEMA IF NOT EXISTS core;
CREATE SCHEMA IF NOT EXISTS ops;

CREATE TABLE ops.meta (
    key   VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);

CREATE TABLE ops.run (
    run_id      BIGINT PRIMARY KEY,
    started_at  TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    outcome     VARCHAR NOT NULL CHECK (outcome IN (
        'finished', 'nothing_due', 'budget', 'memory', 'interrupted', 'killed', 'import')),
    requests    INTEGER NOT NULL,
    errors      INTEGER NOT NULL
);

CREATE TABLE ops.source_run (
    run_id        BIGINT NOT NULL,
    source        VARCHAR NOT NULL,
    requests      INTEGER NOT NULL,
    ok            INTEGER NOT NULL,
    not_modified  INTEGER NOT NULL,
    errors        INTEGER NOT NULL,
    articles_seen INTEGER NOT NULL,
    state         VARCHAR CHECK (state IN ('ok', 'degraded', 'broken', 'blocked', 'unreachable')),
    reason        VARCHAR,
    PRIMARY KEY (run_id, source)
);

CREATE TABLE core.source (
    source    VARCHAR PRIMARY KEY,
    start_url VARCHAR NOT NULL,
    enabled   BOOLEAN NOT NULL,
    delay_s   DOUBLE NOT NULL
);

CREATE TABLE ops.fetch (
    fetch_id        BIGINT PRIMARY KEY,
    run_id          BIGINT NOT NULL,
    source          VARCHAR NOT NULL,
    url             VARCHAR NOT NULL,
    fetched_at      TIMESTAMPTZ NOT NULL,
    status          SMALLINT,
    kind            VARCHAR NOT NULL,
    error           VARCHAR,
    bytes           BIGINT,
    archive_file    VARCHAR,
    archive_offset  BIGINT,
    archive_length  BIGINT,
    payload_digest  VARCHAR,
    robots_at       TIMESTAMPTZ,
    robots_rule     VARCHAR
);

CREATE TABLE ops.page (
    fetch_id   BIGINT PRIMARY KEY,
    outcome    VARCHAR NOT NULL CHECK (outcome IN ('new', 'changed', 'unchanged', 'not_modified', 'rejected', 'gone')),
    article_id VARCHAR,
    version_id VARCHAR,
    skeleton   VARCHAR
);

-- What extraction read in each article page, kept or withheld: what a source's pages usually hold.
CREATE TABLE ops.reading (
    fetch_id    BIGINT PRIMARY KEY,
    article_id  VARCHAR NOT NULL,
    title       VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    char_count  INTEGER NOT NULL,
    is_dated    BOOLEAN NOT NULL,
    is_damaged  BOOLEAN NOT NULL,
    citations   INTEGER NOT NULL,
    charset     VARCHAR NOT NULL,
    extractor   VARCHAR
);

CREATE TABLE ops.finding (
    run_id      BIGINT NOT NULL,
    source      VARCHAR NOT NULL,
    measure     VARCHAR NOT NULL,
    state       VARCHAR NOT NULL CHECK (state IN ('ok', 'degraded', 'broken', 'blocked')),
    words       VARCHAR NOT NULL,
    words_zh    VARCHAR,
    bad         INTEGER NOT NULL,
    total       INTEGER NOT NULL,
    usual_bad   INTEGER NOT NULL,
    usual_total INTEGER NOT NULL,
    p_value     DOUBLE NOT NULL,
    examples    VARCHAR[] NOT NULL,
    PRIMARY KEY (run_id, source, measure)
);

CREATE TABLE core.article (
    article_id         VARCHAR PRIMARY KEY,
    source             VARCHAR NOT NULL,
    url                VARCHAR NOT NULL,
    first_fetched_at   TIMESTAMPTZ NOT NULL,
    last_fetched_at    TIMESTAMPTZ NOT NULL,
    gone_at            TIMESTAMPTZ,
    current_version_id VARCHAR NOT NULL
);

CREATE TABLE core.article_version (
    version_id          VARCHAR PRIMARY KEY,
    article_id          VARCHAR NOT NULL,
    version_no          SMALLINT NOT NULL,
    fetch_id            BIGINT NOT NULL,
    valid_from          TIMESTAMPTZ NOT NULL,
    valid_to            TIMESTAMPTZ,
    title               VARCHAR NOT NULL,
    author              VARCHAR,
    category            VARCHAR,
    published_at        TIMESTAMPTZ,
    published_on        DATE,
    published_precision VARCHAR CHECK (published_precision IN ('second', 'minute', 'hour', 'day', 'week', 'month', 'year')),
    published_evidence  VARCHAR,
    published_place     VARCHAR,
    publisher           VARCHAR,
    tags                VARCHAR[] NOT NULL DEFAULT [],
    origin              VARCHAR,
    origin_url          VARCHAR,
    incomplete          VARCHAR,
    -- DuckDB compresses so by itself only where texts have 4,096 bytes on average; shorter ones
    -- took five times the room.
    text                VARCHAR NOT NULL USING COMPRESSION zstd,
    text_sha256         VARCHAR NOT NULL,
    char_count          INTEGER NOT NULL,
    charset_declared    VARCHAR,
    charset_chosen      VARCHAR NOT NULL,
    extract_version     SMALLINT NOT NULL,
    extractor           VARCHAR
);

-- The pages of versions that were joined from several; one with a single page has none here, its
-- fetch is core.article_version.fetch_id.
CREATE TABLE core.version_page (
    version_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    page_no    SMALLINT NOT NULL,
    fetch_id   BIGINT NOT NULL,
    url        VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    PRIMARY KEY (version_id, page_no)
);

-- The posts of threads: a question and its answers.
CREATE TABLE core.part (
    version_id          VARCHAR NOT NULL,
    article_id          VARCHAR NOT NULL,
    part_no             SMALLINT NOT NULL,
    kind                VARCHAR NOT NULL CHECK (kind IN ('question', 'answer')),
    start_char          INTEGER NOT NULL,
    end_char            INTEGER NOT NULL,
    author              VARCHAR,
    published_at        TIMESTAMPTZ,
    published_on        DATE,
    published_precision VARCHAR CHECK (published_precision IN ('second', 'minute', 'hour', 'day', 'week', 'month', 'year')),
    published_evidence  VARCHAR,
    is_accepted         BOOLEAN NOT NULL,
    PRIMARY KEY (version_id, part_no)
);

CREATE TABLE core.rejection (
    fetch_id   BIGINT PRIMARY KEY,
    source     VARCHAR NOT NULL,
    url        VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    reason     VARCHAR NOT NULL,
    detail     VARCHAR NOT NULL
);

CREATE TABLE core.statute (
    statute_id      VARCHAR PRIMARY KEY,
    title           VARCHAR NOT NULL,
    short_title     VARCHAR NOT NULL,
    kind            VARCHAR NOT NULL,
    issuer          VARCHAR,
    document_number VARCHAR,
    repealed_on     DATE,
    replaced_by     VARCHAR,
    is_confirmed    BOOLEAN NOT NULL,
    origin          VARCHAR NOT NULL
);

CREATE TABLE core.statute_version (
    statute_id     VARCHAR NOT NULL,
    promulgated_on DATE,
    effective_from DATE NOT NULL,
    effective_to   DATE,
    article_count  INTEGER,
    is_confirmed   BOOLEAN NOT NULL,
    origin         VARCHAR NOT NULL,
    PRIMARY KEY (statute_id, effective_from)
);

CREATE TABLE core.statute_alias (
    alias      VARCHAR NOT NULL,
    statute_id VARCHAR NOT NULL,
    PRIMARY KEY (alias, statute_id)
);

CREATE TABLE core.citation (
    citation_id            VARCHAR PRIMARY KEY,
    version_id             VARCHAR NOT NULL,
    article_id             VARCHAR NOT NULL,
    start_char             INTEGER NOT NULL,
    end_char               INTEGER NOT NULL,
    raw_text               VARCHAR NOT NULL,
    sentence               VARCHAR NOT NULL,
    statute_id             VARCHAR,
    law_title              VARCHAR,
    article_no             INTEGER,
    article_suffix         INTEGER,
    article_end            INTEGER,
    paragraph_no           INTEGER,
    item_no                INTEGER,
    item_end               INTEGER,
    document_number        VARCHAR,
    form                   VARCHAR NOT NULL,
    is_anaphoric           BOOLEAN NOT NULL,
    antecedent_start       INTEGER,
    as_of                  DATE NOT NULL,
    verdict                VARCHAR NOT NULL CHECK (verdict IN (
        'in_force', 'repealed', 'not_yet_in_force', 'no_such_article', 'wrong_article',
        'quote_differs', 'wrong_document_number', 'wrong_title', 'ambiguous', 'unknown_law',
        'unverifiable')),
    confidence             VARCHAR NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    detail                 VARCHAR NOT NULL,
    detail_en              VARCHAR NOT NULL,
    evidence_table         VARCHAR CHECK (evidence_table IN (
        'statutes', 'versions', 'document_numbers', 'texts')),
    evidence_from          DATE,
    evidence_origin        VARCHAR,
    evidence_words         VARCHAR,
    correction_law         VARCHAR,
    correction_article_no  INTEGER,
    correction_suffix      INTEGER,
    correction_number      VARCHAR,
    quote_start            INTEGER,
    quote_end              INTEGER,
    quote_similarity       DOUBLE,
    cite_version           SMALLINT NOT NULL,
    registry_version       VARCHAR NOT NULL
);
