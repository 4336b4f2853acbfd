-- How did citations in originals move when a law was replaced: of the old law and of the new, before and after?
SELECT
    old.short_title AS old_law,
    new.short_title AS new_law,
    old.repealed_on AS changed_on,
    count(*) FILTER (WHERE c.statute_id = old.statute_id AND c.as_of < old.repealed_on) AS old_before,
    count(*) FILTER (WHERE c.statute_id = old.statute_id AND c.as_of >= old.repealed_on) AS old_after,
    count(*) FILTER (WHERE c.statute_id = new.statute_id AND c.as_of < old.repealed_on) AS new_before,
    count(*) FILTER (WHERE c.statute_id = new.statute_id AND c.as_of >= old.repealed_on) AS new_after
FROM core.statute AS old
JOIN core.statute AS new ON new.statute_id = old.replaced_by
CROSS JOIN unnest([old.statute_id, new.statute_id]) AS either(statute_id)
JOIN citations AS c ON c.statute_id = either.statute_id
WHERE c.is_canonical
GROUP BY ALL
HAVING old_before + old_after > 0
ORDER BY old_after DESC, old_law
LIMIT 20;
