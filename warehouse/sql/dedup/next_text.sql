-- The number of the next new text; one in the sorted run is not given again.
SELECT greatest(coalesce(max(text_no), 0), $upto) + 1 FROM core.signature;
