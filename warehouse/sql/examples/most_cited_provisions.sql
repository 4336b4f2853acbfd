-- Which provisions are cited most, reposts left out?
WITH most_cited AS (
    SELECT provision, count(*) AS citations
    FROM citations
    WHERE is_canonical AND article_no IS NOT NULL
    GROUP BY provision
    ORDER BY citations DESC, provision
    LIMIT 20
)
SELECT m.provision, m.citations, count(DISTINCT c.article_id) AS articles
FROM most_cited AS m
JOIN citations AS c ON c.provision = m.provision
WHERE c.is_canonical
GROUP BY ALL
ORDER BY m.citations DESC, m.provision;
