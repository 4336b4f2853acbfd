-- Names to complete in the shell.
SELECT DISTINCT column_name
FROM duckdb_columns()
WHERE database_name = 'fatiao' AND NOT internal
UNION
SELECT view_name FROM duckdb_views() WHERE database_name = 'fatiao' AND NOT internal
UNION
SELECT function_name FROM duckdb_functions() WHERE database_name = 'fatiao' AND NOT internal
ORDER BY 1;
