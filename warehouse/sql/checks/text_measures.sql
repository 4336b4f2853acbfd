-- A version's digest or length is not its text's, or it has no text; run: fatiao build --rebuild
SELECT v.version_id, v.article_id, v.char_count, length(v.text) AS length_found
FROM core.article_version AS v
JOIN unchecked_version AS u ON u.place = v.rowid
WHERE sha256(v.text) <> v.text_sha256
    OR length(v.text) <> v.char_count
    OR v.text = ''
    OR v.title = '';
