-- A page, post or verdict is of a day after its fetch (a day is spared), or before 1990; report its URL
SELECT v.version_id, v.published_on, v.published_evidence, f.fetched_at
FROM core.article_version AS v
JOIN ops.fetch AS f ON f.fetch_id = v.fetch_id
WHERE v.published_on > CAST(f.fetched_at AT TIME ZONE 'Asia/Shanghai' AS DATE) + 1
    OR v.published_on < DATE '1990-01-01'
UNION ALL
SELECT d.version_id, d.day, d.evidence, l.fetched_at
FROM (
    SELECT version_id, published_on AS day, published_evidence AS evidence FROM core.part
    UNION ALL
    SELECT version_id, as_of, raw_text FROM core.citation
) AS d, (
    -- A thread's pages are fetched one after another, and a corrected date may be any until now.
    SELECT greatest(
        max(fetched_at),
        (SELECT TRY_CAST(value AS TIMESTAMPTZ) FROM ops.meta WHERE key = 'built_at')
    ) AS fetched_at
    FROM ops.fetch
) AS l
WHERE d.day > CAST(l.fetched_at AT TIME ZONE 'Asia/Shanghai' AS DATE) + 1
    OR d.day < DATE '1990-01-01';
