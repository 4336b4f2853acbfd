-- A citation's numbers cannot be: 条, 款 and 项 count from 1, a range runs upwards; report it
SELECT citation_id, raw_text, article_no, article_end, paragraph_no, item_no, item_end
FROM core.citation
WHERE least(article_no, article_suffix, article_end, paragraph_no, item_no, item_end) < 1
    OR article_end < article_no
    OR item_end < item_no;
