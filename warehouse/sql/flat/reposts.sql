-- The reposts with all that is said of both sides.
CREATE TABLE fatiao.core.repost AS
SELECT * REPLACE (
    CASE WHEN regexp_matches(repost_title, $candidate) THEN mask(repost_title) ELSE repost_title END
        AS repost_title,
    CASE
        WHEN regexp_matches(original_title, $candidate) THEN mask(original_title)
        ELSE original_title
    END AS original_title
)
FROM private.reposts;
