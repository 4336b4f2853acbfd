-- Pages of another template: hardly any of the source's usual ones has most of their boxes.
-- Hardly any: less than two, or 2 %.  Only the 50 most frequent of the usual templates count.
WITH template AS (
    SELECT
        source,
        skeleton,
        list_distinct(string_split(skeleton, ' ')) AS boxes,
        count(*) FILTER (is_usual) AS usual,
        row_number() OVER (PARTITION BY source ORDER BY usual DESC, skeleton) AS place
    FROM page
    WHERE skeleton IS NOT NULL
    GROUP BY source, skeleton
), known AS (
    SELECT
        one.source,
        one.skeleton,
        sum(other.usual) FILTER (
            2 * len(list_intersect(one.boxes, other.boxes))
            > len(list_distinct(list_concat(one.boxes, other.boxes)))
        ) AS alike,
        sum(other.usual) AS total,
        arg_min(other.skeleton, other.place) AS usual
    FROM template AS one
    JOIN template AS other ON other.source = one.source AND other.place <= 50
    GROUP BY one.source, one.skeleton
)
SELECT p.*,
    coalesce(k.alike, 0) - p.is_usual::INTEGER < greatest(2, k.total / 50) AS is_bad,
    '[' || p.skeleton || '] instead of [' || k.usual || ']' AS detail
FROM page AS p
JOIN known AS k ON k.source = p.source AND k.skeleton = p.skeleton;
