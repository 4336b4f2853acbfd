-- Article pages in which no article was found, or whose text was withheld.
SELECT *, is_lost AS is_bad, reason AS detail
FROM page;
