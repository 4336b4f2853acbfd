-- The number of the last text, 0 where there is none.
SELECT coalesce(max(text_no), 0) FROM core.signature;
