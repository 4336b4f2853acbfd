-- How many pages of the fetches $first to $last turned out to be what.
SELECT outcome, count(*)
FROM ops.page
WHERE fetch_id BETWEEN $first AND $last
GROUP BY ALL;
