-- The keys that whole texts are found by, and the same of texts that left.
CREATE OR REPLACE TEMP VIEW keyed AS
SELECT band AS key, text_no, 0::UINTEGER AS shingle FROM core.band;

CREATE OR REPLACE TEMP VIEW keyed_left AS
SELECT band AS key, 0::UINTEGER AS shingle FROM left_band;
