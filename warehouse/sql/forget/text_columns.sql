-- The columns of words of all tables.
SELECT schema_name || '.' || table_name, column_name
FROM duckdb_columns()
JOIN duckdb_tables() USING (database_name, schema_name, table_name)
WHERE database_name = 'fatiao'
    AND NOT temporary
    AND data_type IN ('VARCHAR', 'VARCHAR[]')
    AND table_name NOT LIKE 'statute%'
ORDER BY ALL;
