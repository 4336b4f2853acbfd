-- The versions that are not in the file published last, which was checked when it was published,
-- and those whose citations are not.  Masked words differ from the private ones: they are looked at
-- each time, and are few.  `place`: new rows lie together, so that reading their texts is quick.
CREATE OR REPLACE TEMP TABLE unchecked_version AS
SELECT v.version_id, v.rowid AS place
FROM core.article_version AS v
WHERE v.version_id IN (
    SELECT version_id
    FROM (
        SELECT
            version_id, text_sha256, char_count, title, author, category, publisher, origin,
            origin_url, published_evidence, tags
        FROM core.article_version
        EXCEPT
        SELECT
            version_id, text_sha256, char_count, title, author, category, publisher, origin,
            origin_url, published_evidence, tags
        FROM published.core.article_version
    )
    UNION
    SELECT c.version_id
    FROM core.citation AS c
    ANTI JOIN published.core.citation AS p USING (citation_id, version_id, start_char, end_char)
);
