-- What version 4 adds: what is due next by rank, so that no lease reads all that is due; and how a
-- site itself spells its URLs (crawler.frontier.spelling).

DROP INDEX url_waiting;
CREATE INDEX url_waiting ON url (source, rank, due_at) WHERE state = 'waiting';

CREATE TABLE spelling (
    source  TEXT NOT NULL,
    was     TEXT NOT NULL,                    -- an origin, or a shape of URLs
    becomes TEXT NOT NULL,                    -- an origin, or '/' at the end
    support INTEGER NOT NULL,                 -- pages that are the same
    against INTEGER NOT NULL,                 -- pages that are not
    PRIMARY KEY (source, was, becomes)
) WITHOUT ROWID;
