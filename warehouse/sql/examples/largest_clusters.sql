-- Which articles were reposted most?
SELECT title, source, published_on, repost_count, url
FROM originals
WHERE repost_count > 0
ORDER BY repost_count DESC, title
LIMIT 20;
