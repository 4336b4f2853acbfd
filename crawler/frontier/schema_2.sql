-- What version 2 adds: what was forgotten for good, and quick ways to a URL's aliases and children.

CREATE TABLE tombstone (
    target     TEXT PRIMARY KEY,              -- a canonical URL, or a host with all below it
    because    TEXT NOT NULL,
    buried_at  REAL NOT NULL
) WITHOUT ROWID;

CREATE INDEX url_alias ON url (alias_of) WHERE alias_of IS NOT NULL;
CREATE INDEX url_found ON url (found_on) WHERE found_on IS NOT NULL;
CREATE INDEX fetch_file ON fetch (file) WHERE file IS NOT NULL;
