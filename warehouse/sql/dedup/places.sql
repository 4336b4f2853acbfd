-- The texts of the part in their order, and whether each is judged.
SELECT text_no, text_no IN (FROM judged) AS is_judged
FROM core.signature
WHERE text_no IN (FROM part)
ORDER BY head_order, head_id;
