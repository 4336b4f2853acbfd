-- The columns of the published copy's tables, in their order, each table named as in a lake.  What
-- numbers rows of one machine is made different for each: only these columns and nothing else.
SELECT
    c.schema_name || '_' || c.table_name AS "table",
    c.column_name AS "column",
    CASE
        WHEN c.column_name IN ('text_no', 'other_no', 'root_no', 'matched_no') THEN 'BIGINT'
        WHEN c.data_type = 'INTERVAL' THEN 'VARCHAR'  -- Parquet has no negative ones
        ELSE c.data_type
    END AS type,
    c.is_nullable,
    c.column_name IN (
        'fetch_id', 'run_id', 'text_no', 'other_no', 'root_no', 'matched_no'
    ) AS is_numbered,
    c.comment,
    t.comment AS table_comment
FROM duckdb_columns() AS c
JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name)
WHERE c.database_name = 'copy'
ORDER BY c.schema_name, c.table_name, c.column_index;
