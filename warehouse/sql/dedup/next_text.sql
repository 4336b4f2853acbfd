-- The number of the next new text.
SELECT coalesce(max(text_no), 0) + 1 FROM core.signature;
