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
-- stands; spaces (full-width ones too) and commas stand between words.
CREATE OR REPLACE MACRO search_words(words) AS
string_split_regex(
    regexp_replace(lower(words), '^[\s\p{Z},，、;；]+|[\s\p{Z},，、;；]+$', '', 'g'),
    '[\s\p{Z},，、;；]+'
);

-- What a text matches that has the n-th word, however its Latin letters are written: RE2 finds a
-- fixed pattern as fast as contains() does, and ten times as fast as lower() makes a text small.
CREATE OR REPLACE MACRO has_word(said, words, n) AS
regexp_matches(said, '(?i)' || regexp_escape(fatiao.search_words(words)[n]));

-- Words are constants when the query is planned, and so are the patterns; hence no list of words
-- is gone through here, and at most six can be asked.  The excerpt is cut last, of the rows shown.
-- Published with an index it is another one, with the same answers (flat/search_index.sql).
CREATE OR REPLACE MACRO search(words, most := NULL) AS TABLE
SELECT
    f.article_id,
    f.source,
    f.title,
    f.published_on,
    f.title_hits,
    replace(
        substr(
            f.text,
            greatest(
                strpos(
                    if(regexp_matches(words, '[A-Za-z]'), lower(f.text), f.text),
                    fatiao.search_words(words)[1]
                ) - 30,
                1
            ),
            90
        ),
        chr(10),
        ' '
    ) AS excerpt,
    f.repost_count,
    f.url
FROM (
    SELECT
        o.article_id,
        o.source,
        o.title,
        o.published_on,
        coalesce(fatiao.has_word(o.title, words, 1)::INTEGER, 0)
            + coalesce(fatiao.has_word(o.title, words, 2)::INTEGER, 0)
            + coalesce(fatiao.has_word(o.title, words, 3)::INTEGER, 0)
            + coalesce(fatiao.has_word(o.title, words, 4)::INTEGER, 0)
            + coalesce(fatiao.has_word(o.title, words, 5)::INTEGER, 0)
            + coalesce(fatiao.has_word(o.title, words, 6)::INTEGER, 0) AS title_hits,
        o.text,
        o.repost_count,
        o.url
    FROM fatiao.main.originals AS o
    WHERE fatiao.search_words(words)[1] <> ''
        AND if(len(fatiao.search_words(words)) > 6, error('search takes at most 6 words'), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 1) OR fatiao.has_word(o.text, words, 1), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 2) OR fatiao.has_word(o.text, words, 2), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 3) OR fatiao.has_word(o.text, words, 3), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 4) OR fatiao.has_word(o.text, words, 4), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 5) OR fatiao.has_word(o.text, words, 5), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 6) OR fatiao.has_word(o.text, words, 6), TRUE)
    ORDER BY title_hits DESC, o.published_on DESC NULLS LAST, o.url
    LIMIT most
) AS f;

-- The texts as they stood at the end of a day in Beijing, whatever the session's time zone.
CREATE OR REPLACE MACRO as_of(day) AS TABLE
SELECT v.*
FROM fatiao.main.versions AS v
WHERE v.valid_from < (CAST(day AS DATE) + INTERVAL 1 DAY) AT TIME ZONE 'Asia/Shanghai'
    AND (
        v.valid_to IS NULL
        OR v.valid_to >= (CAST(day AS DATE) + INTERVAL 1 DAY) AT TIME ZONE 'Asia/Shanghai'
    );
