-- A text holds characters nobody can see (control, zero-width, direction); report the page's URL
SELECT v.version_id, 'title' AS place, left(v.title, 60) AS words
FROM core.article_version AS v
JOIN unchecked_version AS u ON u.place = v.rowid
WHERE regexp_matches(
    title, '[\x00-\x1F\x7F-\x{9F}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}]'
)
UNION ALL
SELECT version_id, 'beside the text', left(said, 60)
FROM (
    SELECT
        v.version_id,
        concat_ws(' ', author, category, publisher, origin, origin_url, published_evidence, array_to_string(tags, ' '))
            AS said
    FROM core.article_version AS v
    JOIN unchecked_version AS u ON u.place = v.rowid
    UNION ALL
    SELECT version_id, concat_ws(' ', author, published_evidence) FROM core.part
    UNION ALL
    SELECT DISTINCT 'citations of', law_title FROM core.citation
    UNION ALL
    SELECT 'rejection ' || fetch_id, detail FROM core.rejection
)
WHERE regexp_matches(
    said, '[\x00-\x1F\x7F-\x{9F}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}]'
)
UNION ALL
SELECT v.version_id, 'text', left(v.text, 60)
FROM core.article_version AS v
JOIN unchecked_version AS u ON u.place = v.rowid
WHERE regexp_matches(
    text, '[\x00-\x08\x0B-\x1F\x7F-\x{9F}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}]'
);
