-- What version 2 adds: what was forgotten for good, and quicker ways through a large frontier.

CREATE TABLE tombstone (
    target     TEXT PRIMARY KEY,              -- a canonical URL, or a host with all below it
    because    TEXT NOT NULL,
    buried_at  REAL NOT NULL
) WITHOUT ROWID;

CREATE INDEX url_alias ON url (alias_of) WHERE alias_of IS NOT NULL;

-- By source: what is due of a source that is not crawled now must not be read at every lease.
DROP INDEX url_due;
CREATE INDEX url_waiting ON url (source, due_at) WHERE state = 'waiting';
