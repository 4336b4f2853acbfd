-- The grouping of all articles, as `fatiao dedup` tells it.
SELECT
    article_id,
    cluster_id,
    canonical_id,
    relation,
    similarity,
    rare_similarity,
    matched_id,
    substitution
FROM core.duplicate
ORDER BY article_id;
