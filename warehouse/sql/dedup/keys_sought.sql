-- All texts with one of the keys sought that came after those in the sorted run.
SELECT key, text_no, shingle FROM keyed WHERE text_no > $upto AND key IN (FROM sought);
