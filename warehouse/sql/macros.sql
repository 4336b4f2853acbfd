-- Shortcuts for the commonest questions.  A macro's body is bound in the session that calls it, so
-- each names the catalog: open the file as `fatiao`.  Under another alias use the views, which
-- give all that the macros do (`citations`, `lineage`; `originals` with contains(text, '借款');
-- `versions` by valid_from and valid_to).  DuckDB before 1.4 wants optional parameters named:
-- cites('民法典', art := 675).

CREATE OR REPLACE MACRO cites(law, art := NULL) AS TABLE
SELECT c.*
FROM fatiao.main.citations AS c
WHERE
    (
        c.statute_id IN (
            SELECT s.statute_id
            FROM fatiao.core.statute AS s
            WHERE translate(law, '《》', '') IN (s.statute_id, s.title, s.short_title)
            UNION ALL
            SELECT n.statute_id
            FROM fatiao.core.statute_alias AS n
            WHERE n.alias = translate(law, '《》', '')
        )
        OR c.law_title = translate(law, '《》', '')
    )
    AND (art IS NULL OR art BETWEEN c.article_no AND coalesce(c.article_end, c.article_no));

CREATE OR REPLACE MACRO provenance(citation_id) AS TABLE
SELECT l.*
FROM fatiao.main.lineage AS l
WHERE l.citation_id = citation_id;

CREATE OR REPLACE MACRO provision(law, art, suffix := NULL, paragraph := NULL, item := NULL) AS
concat(
    '《', translate(law, '《》', ''), '》',
    '第' || art || '条', '之' || suffix, '第' || paragraph || '款', '第' || item || '项'
);

-- Chinese has no spaces between words, so a word is any run of characters, found wherever it
-- stands; spaces (full-width ones too) and commas stand between words.  Only words with Latin
-- letters need the small letters of every text, which is ten times slower.  No lambda: their
-- syntax changes between the versions of DuckDB that open this file; hence at most six words.
CREATE OR REPLACE MACRO search(words) AS TABLE
WITH asked AS (
    SELECT
        string_split_regex(
            regexp_replace(lower(words), '^[\s\p{Z},，、;；]+|[\s\p{Z},，、;；]+$', '', 'g'),
            '[\s\p{Z},，、;；]+'
        ) AS word,
        regexp_matches(words, '[A-Za-z]') AS is_latin
), checked AS (
    SELECT
        if(len(word) > 6, error('search takes at most 6 words'), word) AS word,
        is_latin
    FROM asked
    WHERE word[1] <> ''
), found AS (
    SELECT
        o.*,
        if(q.is_latin, lower(o.title), o.title) AS plain_title,
        if(q.is_latin, lower(o.text), o.text) AS plain_text,
        q.word
    FROM fatiao.main.originals AS o
    CROSS JOIN checked AS q
    WHERE
        (contains(plain_title, q.word[1]) OR contains(plain_text, q.word[1]))
        AND coalesce(contains(plain_title, q.word[2]) OR contains(plain_text, q.word[2]), TRUE)
        AND coalesce(contains(plain_title, q.word[3]) OR contains(plain_text, q.word[3]), TRUE)
        AND coalesce(contains(plain_title, q.word[4]) OR contains(plain_text, q.word[4]), TRUE)
        AND coalesce(contains(plain_title, q.word[5]) OR contains(plain_text, q.word[5]), TRUE)
        AND coalesce(contains(plain_title, q.word[6]) OR contains(plain_text, q.word[6]), TRUE)
)
SELECT
    f.article_id,
    f.source,
    f.title,
    f.published_on,
    contains(f.plain_title, f.word[1])::INTEGER
        + coalesce(contains(f.plain_title, f.word[2])::INTEGER, 0)
        + coalesce(contains(f.plain_title, f.word[3])::INTEGER, 0)
        + coalesce(contains(f.plain_title, f.word[4])::INTEGER, 0)
        + coalesce(contains(f.plain_title, f.word[5])::INTEGER, 0)
        + coalesce(contains(f.plain_title, f.word[6])::INTEGER, 0) AS title_hits,
    replace(
        substr(f.text, greatest(strpos(f.plain_text, f.word[1]) - 30, 1), 90), chr(10), ' '
    ) AS excerpt,
    f.repost_count,
    f.url
FROM found AS f
ORDER BY title_hits DESC, f.published_on DESC NULLS LAST, f.url;

-- The texts as they stood at the end of a day in Beijing, whatever the session's time zone.
CREATE OR REPLACE MACRO as_of(day) AS TABLE
SELECT v.*
FROM fatiao.main.versions AS v
WHERE v.valid_from < (CAST(day AS DATE) + INTERVAL 1 DAY) AT TIME ZONE 'Asia/Shanghai'
    AND (
        v.valid_to IS NULL
        OR v.valid_to >= (CAST(day AS DATE) + INTERVAL 1 DAY) AT TIME ZONE 'Asia/Shanghai'
    );
