-- The columns of the table or view called ?, with or without its schema.
SELECT column_name AS "column", lower(data_type) AS type, comment AS meaning
FROM duckdb_columns()
WHERE database_name = 'fatiao'
    AND NOT internal
    AND $1 IN (table_name, schema_name || '.' || table_name)
ORDER BY column_index;
