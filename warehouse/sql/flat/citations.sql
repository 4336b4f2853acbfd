-- Every citation as it is published, those of current texts with what `cited` joins and with what
-- their verdict is on the day of publication, on the next day on which it changes, and after that.
WITH later AS (
    SELECT
        citation_id,
        list(verdict ORDER BY since) AS verdicts,
        list(until ORDER BY since) AS turns
    FROM fatiao.verdict_periods
    WHERE since > CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE)
    GROUP BY citation_id
)
SELECT
    c.*,
    TRUE AS is_current,
    coalesce(c.ruled, c.verdict) AS given,
    coalesce(c.ruled, c.verdict) IN (
        'repealed', 'not_yet_in_force', 'no_such_article', 'wrong_article', 'quote_differs',
        'wrong_document_number', 'wrong_title'
    ) AS is_bad,
    if(p.verdict = c.verdict, coalesce(c.ruled, p.verdict), p.verdict) AS today_1,
    p.until AS turn_1,
    if(l.verdicts[1] = c.verdict, coalesce(c.ruled, l.verdicts[1]), l.verdicts[1]) AS today_2,
    l.turns[1] AS turn_2,
    if(l.verdicts[2] = c.verdict, coalesce(c.ruled, l.verdicts[2]), l.verdicts[2]) AS today_3
FROM fatiao.cited AS c
JOIN fatiao.verdict_periods AS p
    ON p.citation_id = c.citation_id
    AND p.since <= CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE)
    AND (p.until IS NULL OR p.until > CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE))
LEFT JOIN later AS l ON l.citation_id = c.citation_id
UNION ALL BY NAME
SELECT c.*
FROM fatiao.core.citation AS c
ANTI JOIN fatiao.core.article AS a ON a.current_version_id = c.version_id
