-- A statute's versions overlap, or name a statute that is not there; mend pipeline/data/*.csv
SELECT v.statute_id, v.effective_from, v.effective_to, v.next_from
FROM (
    SELECT *, lead(effective_from) OVER (PARTITION BY statute_id ORDER BY effective_from) AS next_from
    FROM core.statute_version
) AS v
LEFT JOIN core.statute AS s ON s.statute_id = v.statute_id
WHERE s.statute_id IS NULL OR v.effective_to > v.next_from OR v.effective_to < v.effective_from;
