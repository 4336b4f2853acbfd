-- How many wrong citations do originals hold?
SELECT count(*) AS citations
FROM citations
WHERE is_bad AND is_canonical;
