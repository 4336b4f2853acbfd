-- The articles that the report lists: those with wrong citations, then the latest, $most of them;
-- shown by date.
WITH counted AS (
    SELECT
        article_id,
        count(*) AS citations,
        count(*) FILTER (WHERE is_bad) AS bad_citations
    FROM citations
    GROUP BY article_id
), chosen AS (
    SELECT
        a.article_id,
        a.cluster_id,
        a.source,
        a.url,
        a.title,
        a.author,
        a.incomplete,
        a.overridden,
        a.published_on,
        a.first_fetched_at,
        CAST(a.first_fetched_at AT TIME ZONE 'Asia/Shanghai' AS DATE) AS first_fetched_on,
        a.repost_count,
        coalesce(c.citations, 0) AS citations,
        coalesce(c.bad_citations, 0) AS bad_citations
    FROM articles AS a
    LEFT JOIN counted AS c ON c.article_id = a.article_id
    ORDER BY bad_citations > 0 DESC, a.published_on DESC NULLS LAST, a.article_id
    LIMIT $most
)
FROM chosen
ORDER BY published_on DESC NULLS LAST, article_id;
