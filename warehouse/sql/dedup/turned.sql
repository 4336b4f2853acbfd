-- Rows whose match is turned round: the original is matched with none, and others with it.
UPDATE grouped
SET
    relation = staged.relation,
    similarity = staged.similarity,
    rare_similarity = staged.rare_similarity,
    matched_id = nullif(staged.matched_id, ''),
    substitution = nullif(staged.substitution, '')
FROM staged
WHERE staged.article_id = grouped.article_id;
