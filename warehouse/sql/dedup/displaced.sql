-- Stored texts whose place in the order changed, or that are gone; and the texts matched with them,
-- which may now have to be matched with another.
CREATE OR REPLACE TEMP TABLE displaced AS
SELECT m.text_no, m.root_no, h.head_id, h.head_order
FROM met AS m
LEFT JOIN head AS h USING (text_digest)
WHERE m.head_id IS DISTINCT FROM h.head_id;

INSERT INTO judged
SELECT text_no FROM displaced
UNION ALL
SELECT text_no FROM core.signature WHERE matched_no IN (SELECT text_no FROM displaced);

CREATE OR REPLACE TEMP TABLE left_band AS
SELECT band FROM core.band WHERE text_no IN (SELECT text_no FROM displaced);

CREATE OR REPLACE TEMP TABLE left_fragment AS
SELECT fragment, shingle
FROM core.fragment
WHERE text_no IN (SELECT text_no FROM displaced);

DELETE FROM core.fragment
WHERE text_no IN (SELECT text_no FROM displaced WHERE head_id IS NULL);

DELETE FROM core.band
WHERE text_no IN (SELECT text_no FROM displaced WHERE head_id IS NULL);

DELETE FROM core.signature
WHERE text_no IN (SELECT text_no FROM displaced WHERE head_id IS NULL);

DELETE FROM judged
WHERE text_no IN (SELECT text_no FROM displaced WHERE head_id IS NULL);

UPDATE core.signature
SET head_id = d.head_id, head_order = d.head_order
FROM displaced AS d
WHERE d.text_no = signature.text_no;

-- Articles of these texts came or went, or are named by another head now, as are those of the
-- clusters they stand in.
INSERT INTO affected
SELECT text_no FROM met WHERE text_no NOT IN (SELECT text_no FROM displaced WHERE head_id IS NULL)
UNION ALL
SELECT text_no FROM core.signature WHERE root_no IN (SELECT root_no FROM displaced);
