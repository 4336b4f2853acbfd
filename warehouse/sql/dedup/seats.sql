-- The texts in each bucket of more than one, in their order.
CREATE OR REPLACE TEMP TABLE shared AS
WITH crowded AS (
    SELECT band
    FROM keyed
    WHERE band IN (SELECT band FROM bucket)
    GROUP BY band
    HAVING count(*) > 1
)
SELECT band, text_no
FROM keyed
WHERE band IN (SELECT band FROM crowded);

CREATE OR REPLACE TEMP TABLE place AS
SELECT
    text_no,
    row_number() OVER (ORDER BY head_order, head_id)::INTEGER AS place,
    text_no IN (FROM judged) AS is_judged
FROM core.signature
WHERE text_no IN (SELECT text_no FROM shared);

CREATE OR REPLACE TEMP TABLE seat AS
SELECT
    s.band,
    s.text_no,
    p.is_judged,
    row_number() OVER (PARTITION BY s.band ORDER BY p.place)::INTEGER AS seat
FROM shared AS s
JOIN place AS p USING (text_no);
