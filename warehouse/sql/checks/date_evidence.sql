-- A date has no precision or no words of the page behind it; report the page's URL
SELECT version_id, published_on, published_precision, published_evidence
FROM core.article_version
WHERE (published_on IS NULL) <> (published_precision IS NULL)
    OR (published_on IS NULL) <> (published_evidence IS NULL)
    OR (published_at IS NOT NULL AND published_on IS NULL);
