-- The places and kinds of fetches as the frontier has them now, from the table `staged`; and which
-- fetches it has no more.
UPDATE ops.fetch AS f
SET
    kind = s.kind,
    archive_file = nullif(s.file, ''),
    archive_offset = CASE WHEN s.file <> '' THEN s.at END,
    archive_length = CASE WHEN s.file <> '' THEN s.length END
FROM staged AS s
WHERE s.fetch_id = f.fetch_id
    AND (f.kind <> s.kind
        OR f.archive_file IS DISTINCT FROM nullif(s.file, '')
        OR (s.file <> '' AND f.archive_offset IS DISTINCT FROM s.at));

CREATE OR REPLACE TEMP TABLE gone_fetch AS
SELECT fetch_id FROM ops.fetch WHERE fetch_id NOT IN (SELECT fetch_id FROM staged);
