SELECT key, 0 AS text_no, shingle
FROM keyed_left
WHERE key BETWEEN $low::UBIGINT AND $high::UBIGINT;
