-- What a reader can ask: views first, then macros, then the tables below them.
SELECT name, kind, meaning
FROM (
    SELECT 1 AS place, view_name AS name, 'view' AS kind, comment AS meaning
    FROM duckdb_views()
    WHERE database_name = 'fatiao' AND NOT internal
    UNION ALL
    SELECT
        2,
        function_name || '(' || array_to_string(parameters, ', ') || ')',
        replace(function_type, '_', ' '),
        comment
    FROM duckdb_functions()
    WHERE database_name = 'fatiao' AND NOT internal
    UNION ALL
    SELECT 3, schema_name || '.' || table_name, 'table', comment
    FROM duckdb_tables()
    WHERE database_name = 'fatiao' AND NOT internal
)
ORDER BY place, name;
