-- Every citation as it is published, those of current texts with what `cited` joins and with what
-- their verdict is on the day of publication, on the next day on which it changes, and after that.
-- The verdict by a row of statute_states is the rule of the view verdict_periods; joining that view here would join all
-- citations with themselves.  Both halves can be had of chosen citations only (warehouse.redact).
SELECT
    c.*,
    TRUE AS is_current,
    coalesce(c.ruled, c.verdict) AS given,
    coalesce(c.ruled, c.verdict) IN (
        'repealed', 'not_yet_in_force', 'no_such_article', 'wrong_article', 'quote_differs',
        'wrong_document_number', 'wrong_title'
    ) AS is_bad,
    if($verdict(p.states[1]) = c.verdict, coalesce(c.ruled, c.verdict), $verdict(p.states[1]))
        AS today_1,
    p.states[1].until AS turn_1,
    CASE
        WHEN p.states[2] IS NULL THEN NULL
        WHEN $verdict(p.states[2]) = c.verdict THEN coalesce(c.ruled, c.verdict)
        ELSE $verdict(p.states[2])
    END AS today_2,
    p.states[2].until AS turn_2,
    CASE
        WHEN p.states[3] IS NULL THEN NULL
        WHEN $verdict(p.states[3]) = c.verdict THEN coalesce(c.ruled, c.verdict)
        ELSE $verdict(p.states[3])
    END AS today_3
FROM ($cited) AS c
LEFT JOIN (
    SELECT statute_id, list(s ORDER BY since) AS states
    FROM fatiao.statute_states AS s
    WHERE until IS NULL OR until > CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE)
    GROUP BY statute_id
) AS p ON p.statute_id = c.statute_id
UNION ALL BY NAME
SELECT c.*
FROM (FROM fatiao.core.citation $among) AS c
ANTI JOIN fatiao.core.article AS a ON a.current_version_id = c.version_id
