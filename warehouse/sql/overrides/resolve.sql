-- The corrections of the temporary table staged_override, with what they name and whether it fits.
-- "Is so already" compares with what the program found, never with what a correction made of it.

CREATE OR REPLACE TEMP TABLE resolved_override AS
WITH named AS (
    SELECT s.*, a.article_id, a.current_version_id, other.article_id AS other_id
    FROM staged_override AS s
    LEFT JOIN core.article AS a ON a.url = s.url
    LEFT JOIN core.article AS other ON other.url = s.value
), cited AS (
    SELECT
        n.line,
        c.citation_id,
        c.verdict,
        row_number() OVER (PARTITION BY n.line ORDER BY c.start_char) AS occurrence,
        count(*) OVER (PARTITION BY n.line) AS occurrences
    FROM named AS n
    JOIN core.citation AS c
        ON c.version_id = n.current_version_id AND c.raw_text = n.words
    WHERE n.kind = 'verdict'
), verdicts AS (
    SELECT
        n.line,
        c.citation_id,
        NULL AS freed_id,
        CASE
            WHEN n.article_id IS NULL THEN 'misfit'
            WHEN c.citation_id IS NULL THEN 'misfit'
            WHEN c.verdict = n.value THEN 'unneeded'
            ELSE 'applied'
        END AS state,
        CASE
            WHEN n.article_id IS NULL THEN 'no article has this address'
            WHEN c.citation_id IS NULL THEN
                'the article cites with these words '
                || (SELECT count(*) FROM cited WHERE cited.line = n.line) || ' times now'
            ELSE 'fatiao says ' || c.verdict
        END AS detail
    FROM named AS n
    LEFT JOIN cited AS c ON c.line = n.line AND c.occurrence = n.occurrence
    WHERE n.kind = 'verdict'
), dates AS (
    SELECT
        n.line,
        NULL AS citation_id,
        NULL AS freed_id,
        CASE
            WHEN n.article_id IS NULL THEN 'misfit'
            WHEN v.published_on = n.published_on THEN 'unneeded'
            ELSE 'applied'
        END AS state,
        CASE
            WHEN n.article_id IS NULL THEN 'no article has this address'
            ELSE 'fatiao says ' || coalesce(v.published_on::VARCHAR, 'no date')
        END AS detail
    FROM named AS n
    LEFT JOIN core.article_version AS v ON v.version_id = n.current_version_id
    WHERE n.kind = 'date'
), pairs AS (
    SELECT
        n.line,
        NULL AS citation_id,
        CASE
            WHEN mine.canonical_id = n.other_id THEN n.article_id
            WHEN theirs.canonical_id = n.article_id THEN n.other_id
        END AS freed_id,
        CASE
            WHEN n.article_id IS NULL OR n.other_id IS NULL THEN 'misfit'
            WHEN freed_id IS NOT NULL THEN 'applied'
            WHEN mine.canonical_id = theirs.canonical_id THEN 'misfit'
            ELSE 'unneeded'
        END AS state,
        CASE
            WHEN n.article_id IS NULL THEN 'no article has this address'
            WHEN n.other_id IS NULL THEN 'no article has the address ' || n.value
            WHEN freed_id IS NOT NULL
                THEN 'fatiao says ' || if(freed_id = n.article_id, mine.relation, theirs.relation)
            WHEN mine.canonical_id = theirs.canonical_id
                THEN 'both repeat ' || original.url || '; name that one'
            ELSE 'fatiao does not group them'
        END AS detail
    FROM named AS n
    LEFT JOIN core.duplicate AS mine ON mine.article_id = n.article_id
    LEFT JOIN core.duplicate AS theirs ON theirs.article_id = n.other_id
    LEFT JOIN core.article AS original ON original.article_id = mine.canonical_id
    WHERE n.kind = 'no_repost'
), judged AS (
    SELECT * FROM verdicts
    UNION ALL SELECT * FROM dates
    UNION ALL SELECT * FROM pairs
)
SELECT
    n.line,
    n.kind,
    n.url,
    n.words,
    n.occurrence,
    n.value,
    n.note,
    j.state,
    j.detail,
    n.article_id,
    j.citation_id,
    j.freed_id,
    if(n.kind = 'verdict', n.value, NULL) AS verdict,
    n.published_on
FROM named AS n
JOIN judged AS j ON j.line = n.line;
