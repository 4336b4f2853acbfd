-- What one call keeps while it works; gone with the connection.
CREATE OR REPLACE TEMP TABLE touched_text AS FROM core.unsettled_text;
DELETE FROM core.unsettled_text;
CREATE OR REPLACE TEMP TABLE judged (text_no INTEGER);
CREATE OR REPLACE TEMP TABLE verdict (
    child_no     INTEGER,
    parent_no    INTEGER,
    jaccard      DOUBLE,
    rare_jaccard DOUBLE,
    containment  DOUBLE
);
CREATE OR REPLACE TEMP TABLE affected (text_no INTEGER);
CREATE TEMP TABLE IF NOT EXISTS wordless (article_id VARCHAR);
CREATE OR REPLACE TEMP TABLE displaced (
    text_no    INTEGER,
    root_no    INTEGER,
    head_id    VARCHAR,
    head_order VARCHAR
);
CREATE OR REPLACE TEMP TABLE left_band (band UBIGINT);
CREATE OR REPLACE TEMP TABLE left_fragment (fragment UINTEGER, shingle UINTEGER);
