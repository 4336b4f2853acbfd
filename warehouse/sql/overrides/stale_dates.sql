-- The articles whose citations were verified for another day than the one that now counts: those
-- whose date is corrected, or was until this build ($before).
SELECT DISTINCT a.article_id
FROM core.article AS a
JOIN core.article_version AS v ON v.article_id = a.article_id
JOIN core.citation AS c ON c.version_id = v.version_id
LEFT JOIN ops.override AS o
    ON o.article_id = a.article_id AND o.kind = 'date' AND o.state = 'applied'
WHERE (o.line IS NOT NULL OR a.article_id IN (SELECT unnest($before::VARCHAR[])))
    AND c.as_of <> coalesce(o.published_on, v.published_on, v.valid_from::DATE);
