-- One row if any text may hold something to mask.
SELECT 1
FROM core.article_version
WHERE regexp_matches(text, $1) OR regexp_matches(concat_ws(' ', title, author, category), $1)
LIMIT 1;
