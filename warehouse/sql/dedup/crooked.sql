-- The articles of clusters whose original is not the earliest, to which the matches lead.
SELECT article_id, canonical_id, matched_id, relation, similarity, rare_similarity, substitution
FROM grouped
WHERE cluster_id IN (
    SELECT cluster_id
    FROM grouped
    WHERE article_id = canonical_id AND relation <> 'original'
);
