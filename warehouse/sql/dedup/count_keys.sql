-- How many keys the judged texts have at most, and whether that is all there are.
SELECT if(judged = texts, keys, 100 * judged) AS keys, judged = texts AS is_all
FROM (
    SELECT
        (SELECT count(DISTINCT text_no) FROM judged) AS judged,
        (SELECT count(*) FROM core.signature) AS texts,
        (SELECT count(*) FROM keyed) AS keys
);
