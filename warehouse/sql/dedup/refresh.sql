-- Write the clusters of the affected articles.
INSERT OR REPLACE INTO core.duplicate
SELECT
    article_id,
    cluster_id,
    canonical_id,
    relation,
    similarity,
    rare_similarity,
    matched_id,
    substitution,
    $epoch
FROM grouped;
