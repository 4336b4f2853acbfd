-- The frontier: what the crawler knows, and what it will do next.  One file, one writer.
-- All times are seconds since 1970-01-01 UTC.  It cannot be rebuilt: no column is ever dropped.

CREATE TABLE url (
    url_id        INTEGER PRIMARY KEY,
    source        TEXT NOT NULL,              -- crawler.sources name
    url           TEXT NOT NULL,              -- canonical
    host          TEXT NOT NULL,              -- registrable domain, or host:port
    shape         TEXT NOT NULL,              -- crawler.urls.url_shape
    role          TEXT NOT NULL,              -- page, start, feed, sitemap: what it was found as
    state         TEXT NOT NULL,              -- queued, leased, waiting, parked, excluded
    rank          INTEGER NOT NULL,           -- order among the queued; crawler.frontier.schedule
    tie           INTEGER NOT NULL DEFAULT 0, -- order within the rank, before url_id
    due_at        REAL NOT NULL,              -- not before this
    reason        TEXT NOT NULL,              -- why then, in words
    interval      REAL,                       -- seconds to the next visit, as last decided
    depth         INTEGER NOT NULL,           -- links followed from the start
    hops          INTEGER NOT NULL DEFAULT 0, -- redirects followed to reach it
    found_on      INTEGER,                    -- url_id of the page that linked here first
    found_at      REAL NOT NULL,
    link_text     TEXT,                       -- of that link
    published_at  REAL,                       -- as a feed or sitemap said, or a later build
    lease_run     INTEGER,                    -- run_id that is fetching it now
    kind          TEXT,                       -- crawler.kind, of the last good response
    alias_of      INTEGER,                    -- url_id of where it redirects, or of its original
    etag          TEXT,                       -- validators, sent back as received
    last_modified TEXT,
    attempts      INTEGER NOT NULL DEFAULT 0, -- failures since the last good response
    fetched_at    REAL,                       -- last request that got a response
    digest        TEXT,                       -- of the last archived body
    last_status   INTEGER,
    last_error    TEXT,
    gone_at       REAL,                       -- first 404 or 410 since it was last there
    text_digest   TEXT,                       -- of the extracted text, learned from a build
    lesson        INTEGER NOT NULL DEFAULT 0, -- last fetch_id a build has taught us about
    yielded       INTEGER NOT NULL DEFAULT 0, -- articles first found on this page
    UNIQUE (source, url)
);
CREATE INDEX url_order ON url (source, state, rank, tie, url_id);
CREATE INDEX url_due ON url (state, due_at);
CREATE INDEX url_shape ON url (source, shape, state);
CREATE INDEX url_leased ON url (host) WHERE state = 'leased';

-- Pages of one shape are of one making; what the fetched ones were tells what the others are worth.
CREATE TABLE shape (
    source   TEXT NOT NULL,
    shape    TEXT NOT NULL,
    known    INTEGER NOT NULL DEFAULT 0,      -- URLs
    pagers   INTEGER NOT NULL DEFAULT 0,      -- of them, found as a further page of a listing
    fetched  INTEGER NOT NULL DEFAULT 0,      -- of them at least once
    articles INTEGER NOT NULL DEFAULT 0,      -- of these, articles
    yielding INTEGER NOT NULL DEFAULT 0,      -- of these, pages on which new articles were found
    barren   INTEGER NOT NULL DEFAULT 0,      -- fetched in a row without an article
    class    TEXT NOT NULL DEFAULT 'untried', -- untried, article, listing, parked
    PRIMARY KEY (source, shape)
) WITHOUT ROWID;

CREATE TABLE host (
    host         TEXT PRIMARY KEY,
    last_request REAL,
    retry_at     REAL NOT NULL DEFAULT 0,     -- not before this, whatever is due
    reason       TEXT,                        -- http_429, blocked, unreachable, robots_unreachable
    strikes      INTEGER NOT NULL DEFAULT 0,  -- in a row
    crawl_delay  REAL                         -- from robots.txt, seconds, at most 60
) WITHOUT ROWID;

CREATE TABLE robots (
    origin     TEXT PRIMARY KEY,              -- scheme://host:port
    status     INTEGER,                       -- NULL: unreachable
    body       TEXT NOT NULL,                 -- decoded, at most 512 KiB
    fetched_at REAL NOT NULL,
    expires_at REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE segment (
    file             TEXT PRIMARY KEY,
    committed_length INTEGER NOT NULL         -- bytes; what lies beyond was never promised
) WITHOUT ROWID;

CREATE TABLE run (
    run_id      INTEGER PRIMARY KEY,
    started_at  REAL NOT NULL,
    finished_at REAL,
    outcome     TEXT,                         -- NULL while running or after a kill
    requests    INTEGER NOT NULL DEFAULT 0,
    errors      INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE run_source (
    run_id       INTEGER NOT NULL,
    source       TEXT NOT NULL,
    requests     INTEGER NOT NULL DEFAULT 0,
    ok           INTEGER NOT NULL DEFAULT 0,
    not_modified INTEGER NOT NULL DEFAULT 0,
    errors       INTEGER NOT NULL DEFAULT 0,
    articles     INTEGER NOT NULL DEFAULT 0,
    revisits     INTEGER NOT NULL DEFAULT 0,  -- of articles
    PRIMARY KEY (run_id, source)
) WITHOUT ROWID;

-- How each source was judged after a run: a word and a reason, for people and for the next run.
CREATE TABLE health (
    run_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    state  TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (run_id, source)
) WITHOUT ROWID;

-- One row a request, appended and never changed.
CREATE TABLE fetch (
    fetch_id   INTEGER PRIMARY KEY,
    run_id     INTEGER NOT NULL,
    url_id     INTEGER NOT NULL,
    fetched_at REAL NOT NULL,
    final_url  TEXT NOT NULL,
    status     INTEGER,                       -- NULL: no response
    kind       TEXT NOT NULL,                 -- crawler.kind, or redirect, not_modified
    error      TEXT,                          -- one word, see crawler.visit
    bytes      INTEGER,
    file       TEXT,                          -- archived body; NULL where none was kept
    offset     INTEGER,
    length     INTEGER,
    digest     TEXT
);
CREATE INDEX fetch_url ON fetch (url_id);

CREATE TABLE memory (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
