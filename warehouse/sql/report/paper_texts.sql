-- The texts of the articles $ids; none where texts are not published.
SELECT article_id, text
FROM articles
WHERE list_contains($ids, article_id);
