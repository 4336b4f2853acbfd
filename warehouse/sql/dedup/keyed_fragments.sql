-- The keys that passages are found by, and the same of texts that left.  In the upper half, so that
-- they are spread over the whole range as bands are.
CREATE OR REPLACE TEMP VIEW keyed AS
SELECT fragment::UBIGINT << 32 AS key, text_no, shingle FROM core.fragment;

CREATE OR REPLACE TEMP VIEW keyed_left AS
SELECT fragment::UBIGINT << 32 AS key, shingle FROM left_fragment;
