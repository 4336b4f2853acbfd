-- The texts whose match is to be sought.
SELECT DISTINCT text_no FROM judged ORDER BY text_no;
