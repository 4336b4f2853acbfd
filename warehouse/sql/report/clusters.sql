-- The articles with most reposts, each with its copies, the first of them first.  Which of a group
-- is the original, and by what rule, is as the views say (`reposts`, `clusters`).
WITH counted AS (
    SELECT *, count(*) OVER (PARTITION BY original_id) AS copies
    FROM reposts
), ranked AS (
    SELECT *, dense_rank() OVER (ORDER BY copies DESC, original_id) AS rank
    FROM counted
)
SELECT
    r.original_id AS first_id,
    r.original_title AS first_title,
    r.original_source AS first_source,
    r.original_url AS first_url,
    a.published_on AS first_on,
    k.rule,
    k.evidence,
    r.repost_id AS article_id,
    r.repost_title AS title,
    r.repost_source AS source,
    r.repost_url AS url,
    r.lag_days,
    r.relation,
    r.similarity
FROM ranked AS r
JOIN articles AS a ON a.article_id = r.original_id
LEFT JOIN clusters AS k ON k.canonical_id = r.original_id
WHERE r.rank <= $most
ORDER BY r.rank, r.lag_days NULLS LAST, r.repost_id;
