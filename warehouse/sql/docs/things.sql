-- All that can be asked, in the order of reading: views, macros, tables.
SELECT kind, name, call, comment
FROM (
    SELECT 1 AS place, 'view' AS kind, view_name AS name, view_name AS call, comment
    FROM duckdb_views()
    WHERE database_name = 'fatiao' AND NOT internal
    UNION ALL
    SELECT
        2,
        'macro',
        function_name,
        function_name || '(' || array_to_string(parameters, ', ') || ')',
        comment
    FROM duckdb_functions()
    WHERE database_name = 'fatiao' AND NOT internal
    UNION ALL
    SELECT 3, 'table', schema_name || '.' || table_name, schema_name || '.' || table_name, comment
    FROM duckdb_tables()
    WHERE database_name = 'fatiao' AND NOT internal
)
ORDER BY place, name;
