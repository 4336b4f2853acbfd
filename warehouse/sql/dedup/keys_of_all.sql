SELECT key, text_no, shingle FROM keyed WHERE key BETWEEN $low::UBIGINT AND $high::UBIGINT;
