-- The rows of stale articles; as the matches lead, to the earliest.
CREATE OR REPLACE TEMP TABLE grouped AS
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
JOIN core.signature AS s USING (text_no)
LEFT JOIN core.signature AS p ON p.text_no = s.matched_no
LEFT JOIN core.cluster AS k ON k.cluster_id = g.cluster_id
UNION ALL
SELECT article_id, article_id, article_id, 'original', 1, 1, NULL, NULL
FROM wordless;
