-- Rows of the tables people ask about, for the manifest of a publication.
SELECT 'core.source' AS name, count(*) AS rows FROM core.source
UNION ALL SELECT 'core.article', count(*) FROM core.article
UNION ALL SELECT 'core.article_version', count(*) FROM core.article_version
UNION ALL SELECT 'core.version_page', count(*) FROM core.version_page
UNION ALL SELECT 'core.part', count(*) FROM core.part
UNION ALL SELECT 'core.rejection', count(*) FROM core.rejection
UNION ALL SELECT 'core.duplicate', count(*) FROM core.duplicate
UNION ALL SELECT 'core.statute', count(*) FROM core.statute
UNION ALL SELECT 'core.statute_version', count(*) FROM core.statute_version
UNION ALL SELECT 'core.citation', count(*) FROM core.citation
UNION ALL SELECT 'ops.run', count(*) FROM ops.run
UNION ALL SELECT 'ops.fetch', count(*) FROM ops.fetch;
