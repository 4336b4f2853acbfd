-- How many keys all texts have.
SELECT count(*) FROM keyed;
