SELECT fetch_id, job, text, result, text_digest, signature, fragments, middles
FROM read_parquet($file)
WHERE fetch_id BETWEEN $first AND $last
