-- An analyst's corrections (overrides.csv in the user's folder), as the last build found them.
-- Run after schema.sql.  The file is what is kept; this table is made anew by every build.

CREATE TABLE ops.override (
    line         INTEGER PRIMARY KEY,
    kind         VARCHAR NOT NULL CHECK (kind IN ('verdict', 'date', 'no_repost')),
    url          VARCHAR NOT NULL,
    words        VARCHAR,
    occurrence   INTEGER,
    value        VARCHAR NOT NULL,
    note         VARCHAR NOT NULL,
    state        VARCHAR NOT NULL CHECK (state IN ('applied', 'unneeded', 'misfit')),
    detail       VARCHAR NOT NULL,
    article_id   VARCHAR,
    citation_id  VARCHAR,
    freed_id     VARCHAR,
    verdict      VARCHAR,
    published_on DATE
);
