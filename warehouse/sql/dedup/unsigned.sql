-- Texts without a signature, numbered in the order of their first articles.  A number that is in the
-- sorted run is not given again.
CREATE OR REPLACE TEMP TABLE unsigned AS
WITH last AS (
    SELECT greatest(coalesce(max(text_no), 0), $upto) AS text_no FROM core.signature
)
SELECT
    (last.text_no + row_number() OVER (ORDER BY head_order, head_id))::INTEGER AS text_no,
    head_id,
    head_order,
    text_digest
FROM head, last
WHERE text_digest NOT IN (SELECT text_digest FROM met);
