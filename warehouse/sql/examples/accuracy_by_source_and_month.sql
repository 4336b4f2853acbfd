-- How does each source's share of wrong citations move by month of publication, its reposts included?
SELECT
    source,
    CAST(date_trunc('month', published_on) AS DATE) AS month,
    count(*) AS citations,
    count(*) FILTER (WHERE is_bad) AS bad,
    round(100 * avg(is_bad::INTEGER), 1) AS bad_percent
FROM citations
WHERE published_on IS NOT NULL
GROUP BY source, month
ORDER BY source, month;
