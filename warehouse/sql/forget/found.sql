-- What the warehouse has of the URLs in $urls, or of articles of theirs ($ids).
WITH wanted AS (
    SELECT article_id FROM core.article WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))
    UNION
    SELECT p.article_id
    FROM ops.page p JOIN ops.fetch f USING (fetch_id)
    WHERE f.url IN (SELECT unnest($urls::VARCHAR[])) AND p.article_id IS NOT NULL
)
SELECT
    (SELECT list(article_id) FROM wanted) AS articles,
    (
        SELECT count(*) FROM core.article_version WHERE article_id IN (FROM wanted)
    ) AS versions,
    (SELECT count(*) FROM core.citation WHERE article_id IN (FROM wanted)) AS citations,
    (
        SELECT list(DISTINCT f.url)
        FROM ops.page p JOIN ops.fetch f USING (fetch_id)
        WHERE p.article_id IN (FROM wanted)
    ) AS pages,
    (
        SELECT list(DISTINCT a.url)
        FROM core.duplicate d
        JOIN core.duplicate o ON o.cluster_id = d.cluster_id
        JOIN core.article a ON a.article_id = o.article_id
        WHERE d.article_id IN (FROM wanted) AND o.article_id NOT IN (FROM wanted)
    ) AS reposts,
    (
        SELECT count(*) FROM ops.fetch WHERE url IN (SELECT unnest($urls::VARCHAR[]))
    ) AS fetches;
