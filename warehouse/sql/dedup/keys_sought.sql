-- All texts with one of the keys sought.
SELECT key, text_no, shingle FROM keyed WHERE key IN (FROM sought);
