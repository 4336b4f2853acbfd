-- What did the pages say at the end of a day, here the first on which anything was read?
WITH that_day AS (
    SELECT version_id
    FROM as_of((SELECT min(valid_from) AT TIME ZONE 'Asia/Shanghai' FROM versions))
    ORDER BY source, title
    LIMIT 50
)
SELECT source, title, version_no, valid_from, is_current, left(text, 60) AS beginning, url
FROM versions
JOIN that_day USING (version_id)
ORDER BY source, title;
