-- The clusters of all articles whose text was affected, and what became of the old ones.
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT
    m.article_id,
    r.head_id AS cluster_id,
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
FROM core.member AS m
JOIN core.signature AS s USING (text_digest)
JOIN core.signature AS r ON r.text_no = s.root_no
LEFT JOIN core.signature AS p ON p.text_no = s.matched_no
WHERE s.text_no IN (FROM affected)
UNION ALL
SELECT article_id, article_id, 'original', 1, 1, NULL, NULL
FROM core.member
WHERE text_digest IS NULL
    AND article_id NOT IN (SELECT article_id FROM core.duplicate);

CREATE OR REPLACE TEMP TABLE changed_cluster AS
SELECT old.cluster_id AS old_id, new.cluster_id AS new_id, count(*)::INTEGER AS articles
FROM grouped AS new
JOIN core.duplicate AS old USING (article_id)
WHERE old.cluster_id <> new.cluster_id
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE former_cluster AS
SELECT DISTINCT cluster_id
FROM core.duplicate
WHERE cluster_id IN (SELECT new_id FROM changed_cluster);
