-- The columns of every view and table, those of views under the view's bare name.
SELECT
    if(schema_name = 'main', table_name, schema_name || '.' || table_name) AS thing,
    column_name,
    lower(data_type) AS type,
    comment
FROM duckdb_columns()
WHERE database_name = 'fatiao' AND NOT internal
ORDER BY thing, column_index;
