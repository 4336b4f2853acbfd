-- Undo what the readings in the temporary table withheld (fetch_id, reason, detail) did: each is a
-- refused page now, and its article has the text of the last reading that was kept.

DELETE FROM core.citation
WHERE version_id IN (
    SELECT version_id FROM core.article_version WHERE fetch_id IN (SELECT fetch_id FROM withheld)
);

DELETE FROM core.article_version WHERE fetch_id IN (SELECT fetch_id FROM withheld);

DELETE FROM core.version_page
WHERE version_id NOT IN (SELECT version_id FROM core.article_version);

DELETE FROM core.part
WHERE version_id NOT IN (SELECT version_id FROM core.article_version);

INSERT OR REPLACE INTO core.rejection
SELECT w.fetch_id, f.source, f.url, f.fetched_at, w.reason, w.detail
FROM withheld AS w
JOIN ops.fetch AS f USING (fetch_id);

UPDATE core.article AS a
SET gone_at = NULL
FROM withheld AS w
JOIN ops.fetch AS f USING (fetch_id), ops.page AS p
WHERE p.fetch_id = w.fetch_id AND p.article_id = a.article_id AND a.gone_at = f.fetched_at;

UPDATE ops.page SET outcome = 'rejected' WHERE fetch_id IN (SELECT fetch_id FROM withheld);

CREATE OR REPLACE TEMP TABLE kept AS
SELECT p.article_id, arg_max(p.version_id, v.valid_from) AS version_id, max(f.fetched_at) AS seen_at
FROM ops.page AS p
JOIN ops.fetch AS f USING (fetch_id)
JOIN core.article_version AS v ON v.version_id = p.version_id
WHERE p.outcome IN ('new', 'changed', 'unchanged')
    AND p.article_id IN (
        SELECT article_id FROM ops.reading WHERE fetch_id IN (SELECT fetch_id FROM withheld)
    )
GROUP BY p.article_id;

UPDATE core.article AS a
SET current_version_id = k.version_id
FROM kept AS k
WHERE a.article_id = k.article_id;

UPDATE ops.page AS p
SET version_id = k.version_id
FROM kept AS k
WHERE p.article_id = k.article_id AND p.fetch_id IN (SELECT fetch_id FROM withheld);

UPDATE core.article_version AS v
SET version_no = c.version_no,
    valid_to = CASE
        WHEN v.version_id <> k.version_id THEN greatest(coalesce(c.next_from, k.seen_at), v.valid_from)
    END
FROM kept AS k
JOIN (
    SELECT
        version_id,
        article_id,
        row_number() OVER one AS version_no,
        lead(valid_from) OVER one AS next_from
    FROM core.article_version
    WHERE article_id IN (SELECT article_id FROM kept)
    WINDOW one AS (PARTITION BY article_id ORDER BY valid_from, version_no)
) AS c ON c.article_id = k.article_id
WHERE v.version_id = c.version_id;
