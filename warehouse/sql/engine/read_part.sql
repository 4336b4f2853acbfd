SELECT fetch_id, job, text, result
FROM read_parquet($file)
WHERE fetch_id BETWEEN $first AND $last
