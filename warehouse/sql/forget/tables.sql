-- All tables of the warehouse.
SELECT schema_name || '.' || table_name
FROM duckdb_tables()
WHERE database_name = 'fatiao' AND NOT temporary
ORDER BY ALL;
