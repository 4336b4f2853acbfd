-- The bands of the judged texts, and of those that left; and where all bands stand.
CREATE OR REPLACE TEMP VIEW keyed AS SELECT band, text_no FROM core.band;

CREATE OR REPLACE TEMP TABLE bucket AS
SELECT band, sum(come)::INTEGER AS come, sum(gone)::INTEGER AS gone
FROM (
    SELECT band, 1 AS come, 0 AS gone FROM core.band WHERE text_no IN (FROM judged)
    UNION ALL
    SELECT band, 0, 1 FROM left_band
)
GROUP BY band;
