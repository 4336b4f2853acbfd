-- The titles of the articles $ids by which no other article goes, nor names in its text.
SELECT DISTINCT v.title
FROM core.article_version AS v
WHERE v.article_id IN (SELECT unnest($ids::VARCHAR[]))
    AND NOT EXISTS (
        SELECT 1
        FROM core.article_version AS o
        WHERE o.article_id NOT IN (SELECT unnest($ids::VARCHAR[]))
            AND contains(o.title, v.title)
    )
ORDER BY ALL;
