-- The rows of the affected clusters' articles, and of those that have another original now; as the
-- matches lead, to the earliest.
CREATE OR REPLACE TEMP TABLE grouped AS
WITH stale AS (
    SELECT article_id, cluster_id FROM clustered
    UNION ALL
    SELECT d.article_id, d.cluster_id
    FROM core.cluster AS k
    JOIN core.duplicate AS d USING (cluster_id)
    WHERE d.canonical_id <> k.canonical_id
        AND d.article_id NOT IN (SELECT article_id FROM clustered)
)
SELECT
    m.article_id,
    g.cluster_id,
    coalesce(k.canonical_id, m.article_id) AS canonical_id,
    CASE
        WHEN m.article_id <> s.head_id THEN 'exact'
        WHEN s.matched_no IS NULL THEN 'original'
        ELSE s.relation
    END AS relation,
    CASE WHEN m.article_id = s.head_id THEN coalesce(s.jaccard, 1) ELSE 1 END AS similarity,
    CASE WHEN m.article_id = s.head_id THEN coalesce(s.rare_jaccard, 1) ELSE 1 END
        AS rare_similarity,
    CASE WHEN m.article_id <> s.head_id THEN s.head_id ELSE p.head_id END AS matched_id,
    CASE WHEN m.article_id = s.head_id THEN s.substitution END AS substitution
FROM stale AS g
JOIN core.member AS m USING (article_id)
JOIN core.signature AS s USING (text_digest)
LEFT JOIN core.signature AS p ON p.text_no = s.matched_no
LEFT JOIN core.cluster AS k ON k.cluster_id = g.cluster_id
UNION ALL
SELECT article_id, article_id, article_id, 'original', 1, 1, NULL, NULL
FROM core.member
WHERE text_digest IS NULL
    AND article_id NOT IN (
        SELECT d.article_id
        FROM core.duplicate AS d
        SEMI JOIN (SELECT article_id FROM core.member WHERE text_digest IS NULL) AS m
            USING (article_id)
    );
