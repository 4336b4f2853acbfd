-- What the judgement of each run found, and which trouble of which source was told to a webhook.
-- Tables of their own beside schema.sql, made where they are missing, in older folders too.

CREATE TABLE IF NOT EXISTS finding (
    run_id  INTEGER NOT NULL,
    source  TEXT NOT NULL,
    measure TEXT NOT NULL,
    record  TEXT NOT NULL,  -- JSON: the columns of ops.finding
    PRIMARY KEY (run_id, source, measure)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS incident (
    source TEXT PRIMARY KEY,
    run_id INTEGER NOT NULL,  -- the run that found it
    state  TEXT NOT NULL,
    reason TEXT NOT NULL,
    since  REAL NOT NULL      -- seconds since 1970
) WITHOUT ROWID;
