-- Requests later than one, oldest first: what a build has not seen yet.

SELECT fetch_id, run_id, source, url, final_url, fetch.fetched_at, status, fetch.kind, error,
       bytes, file, offset, length, fetch.digest, link_text
FROM fetch JOIN url USING (url_id)
WHERE fetch_id > ?
ORDER BY fetch_id
LIMIT ?
