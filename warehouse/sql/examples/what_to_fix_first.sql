-- What should be mended first: live originals that cite repealed law, those with most copies before?
WITH first_ones AS (
    SELECT
        c.article_id,
        any_value(a.source) AS source,
        any_value(a.title) AS title,
        any_value(a.repost_count) AS copies,
        count(*) AS citations,
        any_value(a.url) AS url
    FROM citations AS c
    JOIN originals AS a ON a.article_id = c.article_id
    WHERE c.verdict_today = 'repealed' AND a.gone_at IS NULL
    GROUP BY c.article_id
    ORDER BY copies DESC, citations DESC, url
    LIMIT 50
)
SELECT
    f.source,
    f.title,
    f.copies,
    f.citations,
    string_agg(DISTINCT c.provision, ' ' ORDER BY c.provision) AS repealed,
    string_agg(DISTINCT c.correction, ' ' ORDER BY c.correction) AS cite_instead,
    f.url
FROM first_ones AS f
JOIN citations AS c ON c.article_id = f.article_id
WHERE c.verdict_today = 'repealed'
GROUP BY ALL
ORDER BY copies DESC, f.citations DESC, f.url;
