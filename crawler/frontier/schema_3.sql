-- What version 3 adds: by what each request was allowed or forbidden.

ALTER TABLE fetch ADD COLUMN robots_at INTEGER;  -- when the robots.txt it was held to was fetched
ALTER TABLE fetch ADD COLUMN robots_rule TEXT;   -- that decided, as `disallow: /a`; NULL: none did
