-- With `search_index = true` under [publish]: which originals a word of the dictionary, or a run of
-- Latin letters and digits, stands in; `warehouse.search_index` fills it.  What it says of a word is
-- what a scan of all texts would find; a word that it does not know is looked for in all of them.
CREATE TABLE core.search_token (
    token    VARCHAR NOT NULL,
    fetch_id BIGINT NOT NULL
);

COMMENT ON TABLE core.search_token IS
    '检索索引：词典中的词、字母数字串见于哪些原文；宏 search 所用 / search index: the originals that a dictionary word, or a run of letters and digits, stands in; used by the macro search';
COMMENT ON COLUMN core.search_token.token IS
    '词，字母为小写 / the word, Latin letters small';
COMMENT ON COLUMN core.search_token.fetch_id IS
    '原文现行版本的抓取编号 / fetch id of the original''s current version';

-- A word is named with each of its places, so that the table's parts without it are passed over.
CREATE OR REPLACE MACRO search(words, most := NULL) AS TABLE
WITH hit AS (
    SELECT 1 AS n, fetch_id FROM fatiao.core.search_token WHERE token = fatiao.search_words(words)[1]
    UNION ALL
    SELECT 2 AS n, fetch_id FROM fatiao.core.search_token WHERE token = fatiao.search_words(words)[2]
    UNION ALL
    SELECT 3 AS n, fetch_id FROM fatiao.core.search_token WHERE token = fatiao.search_words(words)[3]
    UNION ALL
    SELECT 4 AS n, fetch_id FROM fatiao.core.search_token WHERE token = fatiao.search_words(words)[4]
    UNION ALL
    SELECT 5 AS n, fetch_id FROM fatiao.core.search_token WHERE token = fatiao.search_words(words)[5]
    UNION ALL
    SELECT 6 AS n, fetch_id FROM fatiao.core.search_token WHERE token = fatiao.search_words(words)[6]
    UNION ALL
    SELECT 1, fetch_id
    FROM fatiao.core.search_token
    WHERE token < '{'
        AND contains(token, fatiao.search_words(words)[1])
        AND regexp_full_match(fatiao.search_words(words)[1], '[a-z0-9]+')
    UNION ALL
    SELECT 2, fetch_id
    FROM fatiao.core.search_token
    WHERE token < '{'
        AND contains(token, fatiao.search_words(words)[2])
        AND regexp_full_match(fatiao.search_words(words)[2], '[a-z0-9]+')
    UNION ALL
    SELECT 3, fetch_id
    FROM fatiao.core.search_token
    WHERE token < '{'
        AND contains(token, fatiao.search_words(words)[3])
        AND regexp_full_match(fatiao.search_words(words)[3], '[a-z0-9]+')
    UNION ALL
    SELECT 4, fetch_id
    FROM fatiao.core.search_token
    WHERE token < '{'
        AND contains(token, fatiao.search_words(words)[4])
        AND regexp_full_match(fatiao.search_words(words)[4], '[a-z0-9]+')
    UNION ALL
    SELECT 5, fetch_id
    FROM fatiao.core.search_token
    WHERE token < '{'
        AND contains(token, fatiao.search_words(words)[5])
        AND regexp_full_match(fatiao.search_words(words)[5], '[a-z0-9]+')
    UNION ALL
    SELECT 6, fetch_id
    FROM fatiao.core.search_token
    WHERE token < '{'
        AND contains(token, fatiao.search_words(words)[6])
        AND regexp_full_match(fatiao.search_words(words)[6], '[a-z0-9]+')
),
word AS (
    SELECT
        unnest(fatiao.search_words(words)) AS word,
        generate_subscripts(fatiao.search_words(words), 1) AS n
),
unknown AS (
    SELECT DISTINCT TRUE AS is_sought
    FROM word
    WHERE NOT regexp_full_match(word, '[a-z0-9]+') AND n NOT IN (SELECT n FROM hit)
),
in_all AS (
    SELECT fetch_id
    FROM (SELECT fetch_id, bit_or(1 << n) AS bits FROM hit GROUP BY fetch_id)
    WHERE bits = (1 << (len(fatiao.search_words(words)) + 1)) - 2
),
found AS (
    SELECT o.*
    FROM fatiao.main.originals AS o
    SEMI JOIN in_all AS i ON i.fetch_id = o.fetch_id
    WHERE if(len(fatiao.search_words(words)) > 6, error('search takes at most 6 words'), TRUE)
    UNION ALL
    SELECT o.*
    FROM fatiao.main.originals AS o
    SEMI JOIN unknown AS u ON u.is_sought = (o.version_no IS NOT NULL)
    WHERE fatiao.search_words(words)[1] <> ''
        AND if(len(fatiao.search_words(words)) > 6, error('search takes at most 6 words'), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 1) OR fatiao.has_word(o.text, words, 1), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 2) OR fatiao.has_word(o.text, words, 2), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 3) OR fatiao.has_word(o.text, words, 3), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 4) OR fatiao.has_word(o.text, words, 4), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 5) OR fatiao.has_word(o.text, words, 5), TRUE)
        AND coalesce(fatiao.has_word(o.title, words, 6) OR fatiao.has_word(o.text, words, 6), TRUE)
),
shown AS (
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
        o.repost_count,
        o.url,
        o.fetch_id,
        o.version_id
    FROM found AS o
    ORDER BY title_hits DESC, o.published_on DESC NULLS LAST, o.url
    LIMIT most
)
SELECT
    s.article_id,
    s.source,
    s.title,
    s.published_on,
    s.title_hits,
    replace(
        substr(
            v.text,
            greatest(
                strpos(
                    if(regexp_matches(words, '[A-Za-z]'), lower(v.text), v.text),
                    fatiao.search_words(words)[1]
                ) - 30,
                1
            ),
            90
        ),
        chr(10),
        ' '
    ) AS excerpt,
    s.repost_count,
    s.url
FROM shown AS s
JOIN fatiao.core.article_version AS v ON v.version_id = s.version_id AND v.fetch_id = s.fetch_id
ORDER BY s.title_hits DESC, s.published_on DESC NULLS LAST, s.url;
