-- Which originals cite article 675 of the Civil Code, the latest first?
SELECT published_on, source, title, provision, verdict, url
FROM cites('民法典', art := 675)
WHERE is_canonical
ORDER BY published_on DESC NULLS LAST, title
LIMIT 20;
