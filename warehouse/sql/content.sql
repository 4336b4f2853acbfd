-- What has to change for a new publication to be worth while: one row a table, with sums of row
-- hashes, so that neither the rows' order nor when a page was last looked at counts.  A text
-- counts by its sha256, and so do the words that a citation's place cuts out of it; what is said
-- in English says the same in Chinese; a rejection once, however often the page was refused.

WITH content AS (
    SELECT 'source' AS name, s::VARCHAR AS line
    FROM core.source AS s
    UNION ALL
    SELECT 'state', j::VARCHAR
    FROM (SELECT source, arg_max(state, run_id) FROM ops.source_run GROUP BY source) AS j
    UNION ALL
    SELECT 'article', a::VARCHAR
    FROM (SELECT * EXCLUDE (last_fetched_at) FROM core.article) AS a
    UNION ALL
    SELECT 'article_version', v::VARCHAR
    FROM (SELECT * EXCLUDE (text) FROM core.article_version) AS v
    UNION ALL
    SELECT 'version_page', g::VARCHAR FROM core.version_page AS g
    UNION ALL
    SELECT 'part', q::VARCHAR FROM core.part AS q
    UNION ALL
    SELECT 'rejection', r::VARCHAR
    FROM (SELECT DISTINCT source, url, reason, detail FROM core.rejection) AS r
    UNION ALL
    SELECT 'duplicate', d::VARCHAR
    FROM (
        SELECT article_id, cluster_id, canonical_id, relation, similarity FROM core.duplicate
    ) AS d
    UNION ALL
    SELECT 'statute', s::VARCHAR FROM core.statute AS s
    UNION ALL
    SELECT 'statute_version', v::VARCHAR FROM core.statute_version AS v
    UNION ALL
    SELECT 'statute_alias', n::VARCHAR FROM core.statute_alias AS n
    UNION ALL
    SELECT
        'citation',
        concat_ws('|', *COLUMNS(c.* EXCLUDE (raw_text, sentence, detail_en, evidence_words)))
    FROM core.citation AS c
    UNION ALL
    SELECT 'override', o::VARCHAR FROM ops.override AS o
    UNION ALL
    -- Other views or comments are another file for its readers.
    SELECT 'meta', key || '=' || value
    FROM ops.meta
    WHERE key IN ('schema_version', 'schema_digest', 'code_digest', 'archive_edition')
)
SELECT
    name,
    count(*) AS rows,
    sum(md5_number_lower(line)) AS digests
FROM content
GROUP BY name
ORDER BY name;
