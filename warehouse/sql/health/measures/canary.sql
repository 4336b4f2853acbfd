-- Articles looked at again that have lost most of their text, or hold none any more.
SELECT p.*,
    p.outcome = 'rejected' OR coalesce(kept_of(before.text, now.text) < 0.5, FALSE) AS is_bad,
    CASE WHEN p.outcome = 'rejected' THEN p.reason ELSE 'another text' END AS detail
FROM page AS p
LEFT JOIN core.article_version AS now
    ON p.outcome = 'changed' AND now.version_id = p.version_id AND now.fetch_id = p.fetch_id
LEFT JOIN core.article_version AS before
    ON before.article_id = now.article_id AND before.version_no = now.version_no - 1
WHERE p.is_again;
