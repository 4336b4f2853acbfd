-- The tables to fill, by schema and name; the keys by which grouping finds copies, a hundred rows a
-- text, stay in the private file, and these tables empty.
SELECT schema_name || '.' || table_name
FROM duckdb_tables()
WHERE database_name = 'fatiao'
    AND schema_name IN ('core', 'ops')
    AND table_name NOT IN ('band', 'fragment')
ORDER BY 1;
