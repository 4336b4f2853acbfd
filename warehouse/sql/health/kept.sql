-- What share of a text stands in a later one still, 0 to 1; NULL of an empty text.  By clauses, not
-- lines: a counter or a date inside a paragraph changes one clause, and other line breaks none.
CREATE OR REPLACE TEMP MACRO kept_of(earlier, later) AS (
    SELECT
        sum(CASE WHEN contains(replace(later, chr(10), ''), clause) THEN length(clause) ELSE 0 END)
        / nullif(sum(length(clause)), 0)
    FROM (SELECT unnest(regexp_split_to_array(earlier, '[。！？；，：\n]+')) AS clause)
);
