-- Who copies whom?  The earliest dated article of a group counts as the source, as in clusters.sql.
WITH members AS (
    SELECT
        cluster_id,
        source,
        row_number() OVER (
            PARTITION BY cluster_id
            ORDER BY published_on NULLS LAST, first_fetched_at, article_id
        ) AS place
    FROM articles
    WHERE relation NOT IN ('template', 'mirror')
)
SELECT
    first.source AS first_source,
    copy.source,
    count(*) AS copies
FROM members AS first
JOIN members AS copy ON copy.cluster_id = first.cluster_id
WHERE first.place = 1 AND copy.place > 1
GROUP BY first.source, copy.source
ORDER BY copies DESC, first.source, copy.source
LIMIT $most;
