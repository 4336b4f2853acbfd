-- A verdict lacks the statute or the reason it rests on; report the citation
SELECT citation_id, raw_text, verdict, statute_id, article_no, detail
FROM core.citation
WHERE (verdict NOT IN ('ambiguous', 'unknown_law', 'unverifiable')
        AND (statute_id IS NULL OR evidence_table IS NULL))
    OR (verdict IN ('no_such_article', 'wrong_article', 'quote_differs') AND article_no IS NULL)
    OR (verdict IN ('wrong_article', 'quote_differs') AND evidence_words IS NULL)
    OR (verdict = 'wrong_document_number' AND document_number IS NULL)
    OR detail = ''
    OR detail_en = '';
