-- The tables to fill, by schema and name, and the columns that tell their rows apart, where there
-- are any; the keys by which grouping finds copies, a hundred rows a text, stay in the private
-- file, and these tables empty; the search index is made of what is published.
SELECT
    t.schema_name || '.' || t.table_name AS name,
    any_value(k.constraint_column_names) AS keys
FROM duckdb_tables() AS t
LEFT JOIN duckdb_constraints() AS k
    ON k.database_name = t.database_name
    AND k.schema_name = t.schema_name
    AND k.table_name = t.table_name
    AND k.constraint_type = 'PRIMARY KEY'
WHERE t.database_name = 'snapshot'
    AND t.schema_name IN ('core', 'ops')
    AND t.table_name NOT IN ('band', 'fragment', 'search_token')
GROUP BY name
ORDER BY name;
