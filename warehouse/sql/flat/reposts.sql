-- The reposts with all that is said of both sides.
CREATE TABLE fatiao.core.repost AS
SELECT * REPLACE (
    CASE WHEN regexp_matches(repost_title, $candidate) THEN mask(repost_title) ELSE repost_title END
        AS repost_title,
    CASE
        WHEN regexp_matches(original_title, $candidate) THEN mask(original_title)
        ELSE original_title
    END AS original_title,
    CASE WHEN regexp_matches(repost_url, $candidate) THEN mask_url(repost_url) ELSE repost_url END
        AS repost_url,
    CASE WHEN regexp_matches(original_url, $candidate) THEN mask_url(original_url) ELSE original_url END
        AS original_url
)
FROM private.reposts;
