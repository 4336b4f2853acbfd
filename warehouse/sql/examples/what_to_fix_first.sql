-- What should be mended first: live originals that cite repealed law, those with most copies before?
SELECT
    a.source,
    a.title,
    a.repost_count AS copies,
    count(*) AS citations,
    string_agg(DISTINCT c.provision, ' ' ORDER BY c.provision) AS repealed,
    string_agg(DISTINCT c.correction, ' ' ORDER BY c.correction) AS cite_instead,
    a.url
FROM citations AS c
JOIN originals AS a ON a.article_id = c.article_id
WHERE c.verdict_today = 'repealed' AND a.gone_at IS NULL
GROUP BY a.article_id, a.source, a.title, a.repost_count, a.url
ORDER BY copies DESC, citations DESC, a.url
LIMIT 50;
