-- Shortcuts for the commonest questions.  A macro's body is bound in the session that calls it, so
-- each names the catalog: open the file as `fatiao`.  Under another alias use the views, which
-- give all that the macros do (`citations`, `lineage`).  DuckDB 1.2 wants optional parameters named:
-- cites('民法典', art := 675).

CREATE OR REPLACE MACRO cites(law, art := NULL) AS TABLE
SELECT c.*
FROM fatiao.main.citations AS c
WHERE
    (
        c.statute_id IN (
            SELECT s.statute_id
            FROM fatiao.core.statute AS s
            WHERE translate(law, '《》', '') IN (s.statute_id, s.title, s.short_title)
            UNION ALL
            SELECT n.statute_id
            FROM fatiao.core.statute_alias AS n
            WHERE n.alias = translate(law, '《》', '')
        )
        OR c.law_title = translate(law, '《》', '')
    )
    AND (art IS NULL OR art BETWEEN c.article_no AND coalesce(c.article_end, c.article_no));

CREATE OR REPLACE MACRO provenance(citation_id) AS TABLE
SELECT l.*
FROM fatiao.main.lineage AS l
WHERE l.citation_id = citation_id;

CREATE OR REPLACE MACRO provision(law, art, suffix := NULL, paragraph := NULL, item := NULL) AS
concat(
    '《', translate(law, '《》', ''), '》',
    '第' || art || '条', '之' || suffix, '第' || paragraph || '款', '第' || item || '项'
);
