-- The columns of words of one publisher's tables, named as in a file.
SELECT regexp_replace(table_name, '^(core|ops)_', '\1.'), column_name
FROM duckdb_columns()
WHERE database_name = 'lake'
    AND schema_name = $publisher
    AND data_type IN ('VARCHAR', 'VARCHAR[]')
    AND table_name NOT LIKE 'core\_statute%' ESCAPE '\'
    AND table_name <> 'publication'
ORDER BY ALL;
