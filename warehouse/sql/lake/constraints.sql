-- What DuckDB checks in a file and a lake does not: keys, and conditions on a row.
SELECT
    schema_name || '_' || table_name AS "table",
    constraint_type = 'CHECK' AS is_condition,
    if(constraint_type = 'CHECK', expression, array_to_string(constraint_column_names, ', ')) AS what
FROM duckdb_constraints()
WHERE database_name = 'copy'
    AND constraint_type IN ('CHECK', 'PRIMARY KEY', 'UNIQUE')
   
ORDER BY ALL;
