-- The largest groups of one text: its earliest dated article, and each other as a copy of it.
-- The warehouse takes the one fetched first for the original, which stands in no relation to who
-- wrote it; here the dates decide, as far as pages show them.  Similarities are to the former.
WITH members AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY cluster_id
            ORDER BY published_on NULLS LAST, first_fetched_at, article_id
        ) AS place,
        count(*) OVER (PARTITION BY cluster_id) - 1 AS copies
    FROM articles
    WHERE relation NOT IN ('template', 'mirror')
), ranked AS (
    SELECT *, dense_rank() OVER (ORDER BY copies DESC, cluster_id) AS rank
    FROM members
    WHERE copies > 0
)
SELECT
    first.cluster_id,
    first.article_id AS first_id,
    first.title AS first_title,
    first.source AS first_source,
    first.url AS first_url,
    first.published_on AS first_on,
    copy.article_id,
    copy.title,
    copy.source,
    copy.url,
    copy.published_on - first.published_on AS lag_days,
    CASE
        WHEN NOT copy.is_canonical THEN copy.relation
        WHEN first.relation = 'excerpt' THEN 'contains'
        WHEN first.relation = 'contains' THEN 'excerpt'
        ELSE first.relation
    END AS relation,
    CASE WHEN copy.is_canonical THEN first.similarity ELSE copy.similarity END AS similarity
FROM ranked AS first
JOIN ranked AS copy ON copy.cluster_id = first.cluster_id
WHERE first.place = 1 AND copy.place > 1 AND first.rank <= $most
ORDER BY first.rank, copy.place;
