-- The header's counts, and what the footer says about the file.
SELECT
    a.*,
    (SELECT count(*) FROM citations WHERE verdict IN ('ambiguous', 'unknown_law', 'unverifiable'))
        AS open_citations,
    (SELECT count(DISTINCT article_id) FROM citations WHERE is_bad) AS bad_articles,
    (SELECT count(*) FROM templates) AS templates
FROM about AS a;
