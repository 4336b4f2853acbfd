-- One URL as each source knows it, with its shape, its host and the robots.txt of its origin.

SELECT url.url_id, url.source, url.url, url.shape, role, state, url.reason, due_at, depth, hops,
       found_on, found_at, link_text, published_at, kind, attempts, last_error, gone_at, yielded,
       url.host, lease_run,
       (SELECT other.url FROM url AS other WHERE other.url_id = url.alias_of) AS alias_of,
       shape.known AS shape_known, shape.fetched AS shape_fetched, shape.articles AS shape_articles,
       shape.yielding AS shape_yielding, shape.class AS shape_class,
       host.retry_at, host.reason AS host_reason, host.strikes, host.crawl_delay,
       robots.status AS robots_status, robots.body AS robots_body,
       robots.fetched_at AS robots_at
FROM url
LEFT JOIN shape ON shape.source = url.source AND shape.shape = url.shape
LEFT JOIN host ON host.host = url.host
LEFT JOIN robots ON robots.origin = :origin
WHERE url.url = :url
ORDER BY url.source
