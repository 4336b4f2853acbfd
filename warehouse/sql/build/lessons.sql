-- What the pages fetched after $learned, up to $built, turned out to be.
SELECT
    p.fetch_id,
    f.url,
    f.source,
    p.outcome,
    v.text_sha256,
    v.published_on,
    if(g.page_no IS NULL, a.url, f.url)  -- a part of the article is no other address of it
FROM ops.page p
JOIN ops.fetch f USING (fetch_id)
LEFT JOIN core.article_version v USING (version_id)
LEFT JOIN core.article a ON a.article_id = p.article_id
LEFT JOIN core.version_page g ON g.version_id = p.version_id AND g.url = f.url
WHERE p.fetch_id > $learned
    AND p.fetch_id <= $built
    AND p.outcome <> 'gone'
    AND f.error IS DISTINCT FROM 'leads_home'
ORDER BY p.fetch_id;
