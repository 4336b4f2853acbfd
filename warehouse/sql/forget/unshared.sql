-- Those of $titles that are in no title of an article but $ids.
SELECT n.title
FROM unnest($titles::VARCHAR[]) AS n (title)
WHERE NOT EXISTS (
    SELECT 1
    FROM core.article_version AS o
    WHERE o.article_id NOT IN (SELECT unnest($ids::VARCHAR[])) AND contains(o.title, n.title)
)
ORDER BY ALL;
