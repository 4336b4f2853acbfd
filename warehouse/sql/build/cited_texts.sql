-- Every stored text with the day whose law counts for it.
SELECT article_id, version_id, title, text, coalesce(published_on, valid_from::DATE)
FROM core.article_version;
