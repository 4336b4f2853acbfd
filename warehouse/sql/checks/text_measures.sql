-- A version's digest or length is not its text's, or it has no text; run: fatiao build --rebuild
SELECT version_id, article_id, char_count, length(text) AS length_found
FROM core.article_version
WHERE sha256(text) <> text_sha256 OR length(text) <> char_count OR text = '' OR title = '';
