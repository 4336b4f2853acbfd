-- One citation, with all that leads back to its bytes; parameter: its id.
SELECT l.*, c.verdict
FROM lineage AS l
JOIN core.citation AS c ON c.citation_id = l.citation_id
WHERE l.citation_id = ?;
