-- Articles whose text is new or changed in the fetches $first to $last.
SELECT DISTINCT article_id
FROM ops.page
WHERE fetch_id BETWEEN $first AND $last AND outcome IN ('new', 'changed');
