-- A verdict lacks the statute or the reason it rests on; report the citation
SELECT citation_id, raw_text, verdict, statute_id, article_no, detail
FROM core.citation
WHERE (verdict IN ('in_force', 'repealed', 'not_yet_in_force', 'no_such_article', 'wrong_article')
        AND statute_id IS NULL)
    OR (verdict IN ('no_such_article', 'wrong_article') AND article_no IS NULL)
    OR (verdict = 'wrong_document_number' AND document_number IS NULL)
    OR (verdict <> 'in_force' AND detail = '');
