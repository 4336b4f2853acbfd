-- Articles without a title of their own: another article, with another text, has the same one.
SELECT *,
    title = '' OR min(text_sha256) OVER alike <> max(text_sha256) OVER alike
        AND min(article_id) OVER alike <> max(article_id) OVER alike AS is_bad,
    left(title, 40) AS detail
FROM page
WHERE is_read
WINDOW alike AS (PARTITION BY source, title);
