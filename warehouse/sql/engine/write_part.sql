-- The rows of a JSON Lines file as one Parquet file; {spool} and {file} are quoted paths.
COPY (
    SELECT * FROM read_json(
        {spool},
        format = 'newline_delimited',
        maximum_object_size = 134217728,
        columns = {{
            fetch_id: 'BIGINT', job: 'VARCHAR', source: 'VARCHAR', url: 'VARCHAR',
            article_id: 'VARCHAR', outcome: 'VARCHAR', title: 'VARCHAR', text: 'VARCHAR',
            citations: 'INTEGER', text_digest: 'VARCHAR', bands: 'UBIGINT[]',
            signature: 'UINTEGER[]', fragments: 'UINTEGER[]', middles: 'UINTEGER[]',
            result: 'VARCHAR'
        }}
    )
) TO {file} (FORMAT parquet, COMPRESSION zstd)
