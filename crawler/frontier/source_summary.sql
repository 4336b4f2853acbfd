-- What the frontier knows of each source, for `fatiao status`.

SELECT source,
       count(*) AS urls,
       count(*) FILTER (WHERE kind = 'article') AS articles,
       count(*) FILTER (WHERE kind = 'listing') AS listings,
       count(*) FILTER (
           WHERE fetched_at IS NULL AND state IN ('queued', 'leased', 'waiting')
       ) AS queued,
       count(*) FILTER (WHERE state = 'parked') AS parked,
       count(gone_at) AS gone,
       count(*) FILTER (
           WHERE state IN ('queued', 'leased', 'waiting') AND due_at <= :now
       ) AS due_now,
       min(due_at) FILTER (WHERE state IN ('queued', 'leased', 'waiting')) AS next_due,
       max(fetched_at) AS last_fetch,
       count(*) FILTER (WHERE last_error NOT IN ('robots', 'no_sitemap')) AS errors,
       max(retry_at) FILTER (WHERE retry_at > :now) AS waiting_until,
       max(host.reason) FILTER (WHERE retry_at > :now) AS waiting_reason
FROM url LEFT JOIN host USING (host)
GROUP BY source
