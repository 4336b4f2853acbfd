-- The sources of whose observations more are bad than usual: at least 3, one of them new, twice the
-- usual share (or half the good ones), and by chance less often than once in a thousand.
WITH counted AS (
    SELECT
        source,
        count(*) FILTER (WHERE in_window AND is_bad) AS bad,
        count(*) FILTER (WHERE in_window) AS total,
        count(*) FILTER (WHERE is_usual AND is_bad) AS usual_bad,
        count(*) FILTER (WHERE is_usual) AS usual_total,
        mode(detail) FILTER (WHERE is_now AND is_bad) AS detail,
        list(DISTINCT url) FILTER (WHERE is_now AND is_bad)[1:3] AS examples
    FROM observed
    GROUP BY source
    HAVING count(*) FILTER (WHERE is_now AND is_bad) > 0
)
SELECT source, bad, total, usual_bad, usual_total, detail, examples,
    chance_of(bad, total, usual_bad, usual_total) AS chance
FROM counted
WHERE bad >= $least_bad
    AND usual_total >= $least_usual
    AND (
        bad * usual_total >= 2 * usual_bad * total
        OR 2 * (total - bad) * usual_total <= (usual_total - usual_bad) * total
    )
    AND chance < $chance;
