-- The same of fragments, but those that are common.
CREATE OR REPLACE TEMP VIEW keyed AS SELECT fragment AS band, text_no FROM core.fragment;

CREATE OR REPLACE TEMP TABLE bucket AS
SELECT fragment AS band, sum(come)::INTEGER AS come, sum(gone)::INTEGER AS gone
FROM (
    SELECT fragment, shingle, 1 AS come, 0 AS gone
    FROM core.fragment
    WHERE text_no IN (FROM judged)
    UNION ALL
    SELECT fragment, shingle, 0, 1 FROM left_fragment
)
WHERE (shingle >> $shift) << $shift NOT IN (FROM core.common_shingle)
GROUP BY fragment;
