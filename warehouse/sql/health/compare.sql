-- Of each measure, the sources of whose observations more are bad than usual: at least 3, one of
-- them new, twice the usual share (or half the good ones), and by chance less often than once in a
-- thousand.  Looked at twice, the observations of the run alone and, where they are few, with some
-- from before it.  Where a measure has a prior, so many earlier good ones are taken for granted.
WITH frames AS (
    SELECT *, 'run' AS frame, is_now AS is_judged, was_well AND NOT is_now AS is_before
    FROM observed
    UNION ALL
    SELECT *, 'window', in_window, is_usual
    FROM observed
), counted AS (
    SELECT
        measure,
        source,
        frame,
        count(*) FILTER (WHERE is_judged AND is_bad) AS bad,
        count(*) FILTER (WHERE is_judged) AS total,
        count(*) FILTER (WHERE is_before AND is_bad) AS usual_bad,
        count(*) FILTER (WHERE is_before) AS usual_total,
        usual_total + any_value(prior) AS known_total,
        mode(detail) FILTER (WHERE is_now AND is_bad) AS detail,
        list(DISTINCT url ORDER BY url) FILTER (WHERE is_now AND is_bad)[1:3] AS examples
    FROM frames
    GROUP BY measure, source, frame
    HAVING count(*) FILTER (WHERE is_now AND is_bad) > 0
)
SELECT measure, source, bad, total, usual_bad, usual_total, detail, examples,
    chance_of(bad, total, usual_bad, known_total) AS chance
FROM counted
WHERE bad >= $least_bad
    AND known_total >= $least_usual
    AND (
        bad * known_total >= 2 * usual_bad * total
        OR 2 * (total - bad) * known_total <= (known_total - usual_bad) * total
    )
    AND chance < $chance
QUALIFY row_number() OVER (PARTITION BY measure, source ORDER BY chance, frame) = 1
ORDER BY measure, source;
