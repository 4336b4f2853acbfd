-- What the build made of the fetches in $fetch_ids, oldest first.
SELECT
    p.fetch_id,
    p.outcome,
    a.article_id,
    a.url AS article_url,
    v.version_no,
    v.title,
    v.char_count,
    v.published_on,
    (SELECT count(*) FROM core.citation c WHERE c.version_id = p.version_id) AS citations,
    a.gone_at,
    d.relation,
    o.url AS original_url,
    r.reason,
    r.detail
FROM ops.page p
LEFT JOIN core.article a USING (article_id)
LEFT JOIN core.article_version v USING (version_id)
LEFT JOIN core.duplicate d ON d.article_id = p.article_id
LEFT JOIN core.article o ON o.article_id = d.canonical_id AND o.article_id <> p.article_id
LEFT JOIN core.rejection r ON r.fetch_id = p.fetch_id
WHERE p.fetch_id IN (SELECT unnest($fetch_ids::BIGINT[]))
ORDER BY p.fetch_id;
