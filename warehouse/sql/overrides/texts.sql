-- The stored texts of the articles $ids, with the day whose law counts, corrections included.
SELECT
    v.article_id,
    v.version_id,
    v.title,
    v.text,
    coalesce(o.published_on, v.published_on, v.valid_from::DATE) AS as_of
FROM core.article_version AS v
LEFT JOIN ops.override AS o
    ON o.article_id = v.article_id AND o.kind = 'date' AND o.state = 'applied'
WHERE v.article_id IN (SELECT unnest($ids::VARCHAR[]));
