-- Requests later than one, oldest first: what a build has not seen yet.

SELECT fetch.fetch_id, fetch.run_id, source, url, fetch.final_url, fetch.fetched_at, fetch.status,
       fetch.kind, fetch.error,
       fetch.bytes, fetch.file, fetch.offset, fetch.length, fetch.digest, link_text,
       fetch.robots_at, fetch.robots_rule,
       first.file AS first_file, first.offset AS first_offset, first.length AS first_length
FROM fetch JOIN url USING (url_id)
LEFT JOIN fetch AS first ON fetch.kind = 'not_modified' AND fetch.file IS NOT NULL
    AND first.fetch_id = (
        SELECT max(one.fetch_id) FROM fetch AS one
        WHERE one.url_id = fetch.url_id AND one.digest = fetch.digest
          AND one.kind <> 'not_modified' AND one.file IS NOT NULL
          AND one.fetch_id < fetch.fetch_id
    )
WHERE fetch.fetch_id > ?
ORDER BY fetch.fetch_id
LIMIT ?
