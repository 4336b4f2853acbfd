-- The rows of stale articles; as the matches lead, to the earliest.  What is looked up in the large
-- tables is looked up first, by what is small.
CREATE OR REPLACE TEMP TABLE grouped AS
WITH text AS MATERIALIZED (
    SELECT text_no, head_id, matched_no, relation, jaccard, rare_jaccard, substitution
    FROM core.signature
    WHERE text_no IN (SELECT text_no FROM stale)
),
match AS MATERIALIZED (
    SELECT text_no, head_id
    FROM core.signature
    WHERE text_no IN (SELECT matched_no FROM text)
),
crown AS MATERIALIZED (
    SELECT cluster_id, canonical_id
    FROM core.cluster
    WHERE cluster_id IN (SELECT cluster_id FROM stale)
)
SELECT
    g.article_id,
    g.cluster_id,
    coalesce(k.canonical_id, g.article_id) AS canonical_id,
    CASE
        WHEN g.article_id <> s.head_id THEN 'exact'
        WHEN s.matched_no IS NULL THEN 'original'
        ELSE s.relation
    END AS relation,
    CASE WHEN g.article_id = s.head_id THEN coalesce(s.jaccard, 1) ELSE 1 END AS similarity,
    CASE WHEN g.article_id = s.head_id THEN coalesce(s.rare_jaccard, 1) ELSE 1 END
        AS rare_similarity,
    CASE WHEN g.article_id <> s.head_id THEN s.head_id ELSE p.head_id END AS matched_id,
    CASE WHEN g.article_id = s.head_id THEN s.substitution END AS substitution
FROM stale AS g
JOIN text AS s USING (text_no)
LEFT JOIN match AS p ON p.text_no = s.matched_no
LEFT JOIN crown AS k ON k.cluster_id = g.cluster_id
UNION ALL
SELECT article_id, article_id, article_id, 'original', 1, 1, NULL, NULL
FROM wordless;
