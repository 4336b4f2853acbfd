-- How many keys the judged texts have at most, and whether they are all texts there are.
SELECT 100 * judged AS keys, judged = texts AS is_all
FROM (
    SELECT
        (SELECT count(DISTINCT text_no) FROM judged) AS judged,
        (SELECT count(*) FROM core.signature) AS texts
);
