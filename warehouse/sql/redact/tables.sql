-- The tables to fill, by schema and name.
SELECT schema_name || '.' || table_name
FROM duckdb_tables()
WHERE database_name = 'fatiao' AND schema_name IN ('core', 'ops')
ORDER BY 1;
