-- Articles without a title of their own: another page, with another text, has the same one.
SELECT *,
    title = '' OR min(text_sha256) OVER alike <> max(text_sha256) OVER alike
        AND min(url) OVER alike <> max(url) OVER alike AS is_bad,
    left(title, 40) AS detail
FROM page
WHERE is_read
WINDOW alike AS (PARTITION BY source, title);
