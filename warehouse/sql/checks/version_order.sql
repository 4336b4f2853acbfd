-- A page's versions overlap, leave a gap or are misnumbered; run: fatiao build --rebuild
SELECT article_id, version_no, valid_from, valid_to, next_from
FROM (
    SELECT
        article_id,
        version_no,
        valid_from,
        valid_to,
        lead(valid_from) OVER history AS next_from,
        row_number() OVER history AS place
    FROM core.article_version
    WINDOW history AS (PARTITION BY article_id ORDER BY version_no)
)
WHERE valid_to IS DISTINCT FROM next_from OR version_no <> place OR valid_to < valid_from;
