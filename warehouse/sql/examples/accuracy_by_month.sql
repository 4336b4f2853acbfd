-- How does the share of wrong citations move by month of publication, reposts left out?
SELECT
    CAST(date_trunc('month', published_on) AS DATE) AS month,
    count(*) AS citations,
    count(*) FILTER (WHERE is_bad) AS bad,
    round(100 * avg(is_bad::INTEGER), 1) AS bad_percent
FROM citations
WHERE is_canonical AND published_on IS NOT NULL
GROUP BY month
ORDER BY month;
