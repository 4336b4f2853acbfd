-- Articles by month of publication.
SELECT
    source,
    CAST(date_trunc('month', published_on) AS DATE) AS bucket,
    count(*) AS articles
FROM articles
WHERE published_on IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
