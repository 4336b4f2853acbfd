-- A place for the file's rows, filled by the caller.
CREATE OR REPLACE TEMP TABLE staged_override (
    line         INTEGER,
    kind         VARCHAR,
    url          VARCHAR,
    words        VARCHAR,
    occurrence   INTEGER,
    value        VARCHAR,
    published_on DATE,
    note         VARCHAR
);
