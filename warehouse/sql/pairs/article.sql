-- An article with its text, where that is published, and its place in the order; by its id.
SELECT
    a.article_id,
    a.source,
    a.url,
    v.title,
    if(v.text = '' AND v.char_count > 0, NULL, v.text) AS text,
    m.order_key
FROM core.article AS a
JOIN core.article_version AS v ON v.version_id = a.current_version_id
LEFT JOIN core.member AS m ON m.article_id = a.article_id
WHERE a.article_id = $id;
