-- What the pages fetched after $learned, up to $built, turned out to be.
SELECT
    p.fetch_id,
    f.url,
    f.source,
    p.outcome,
    v.text_sha256,
    v.published_on,
    a.url
FROM ops.page p
JOIN ops.fetch f USING (fetch_id)
LEFT JOIN core.article_version v USING (version_id)
LEFT JOIN core.article a ON a.article_id = p.article_id
WHERE p.fetch_id > $learned
    AND p.fetch_id <= $built
    AND p.outcome <> 'gone'
    AND f.error IS DISTINCT FROM 'leads_home'
ORDER BY p.fetch_id;
