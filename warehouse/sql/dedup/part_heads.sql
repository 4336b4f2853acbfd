-- The texts of the part, by an article that has each.
SELECT text_no, head_id FROM core.signature WHERE text_no IN (FROM part) ORDER BY text_no;
