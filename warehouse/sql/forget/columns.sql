-- Tables whose rows belong to an article or a fetch, with the column that says to which.
SELECT schema_name || '.' || table_name, column_name
FROM duckdb_columns()
JOIN duckdb_tables() USING (database_name, schema_name, table_name)
WHERE database_name = 'fatiao'
    AND column_name IN ('article_id', 'fetch_id')
    AND table_name NOT IN ('member', 'duplicate')
ORDER BY ALL;
