-- What articles of different groups have in common, and what the columns mean.

CREATE OR REPLACE VIEW relations AS
WITH pair AS (
    SELECT
        r.*,
        later.head_id AS article_id,
        earlier.head_id AS other_id,
        earlier.root_no AS other_root
    FROM core.relation AS r
    JOIN core.signature AS later ON later.text_no = r.text_no
    JOIN core.signature AS earlier ON earlier.text_no = r.other_no
    WHERE later.root_no <> earlier.root_no
),
merger AS (
    SELECT text_no
    FROM pair
    WHERE relation = 'contains'
    GROUP BY text_no
    HAVING count(DISTINCT other_root) > 1
)
SELECT
    p.article_id,
    a.source,
    a.url,
    CASE WHEN p.relation = 'contains' AND p.text_no IN (SELECT text_no FROM merger)
        THEN 'merges'
        ELSE p.relation
    END AS relation,
    p.other_id,
    o.source AS other_source,
    o.url AS other_url,
    p.similarity,
    substr(v.text, p.start_char + 1, p.end_char - p.start_char) AS passage,
    p.start_char,
    p.end_char,
    p.other_start,
    p.other_end,
    p.other_paragraph
FROM pair AS p
JOIN core.article AS a ON a.article_id = p.article_id
JOIN core.article_version AS v ON v.version_id = a.current_version_id
JOIN core.article AS o ON o.article_id = p.other_id;

-- An article that has a passage from an earlier one is not where it was first seen.
CREATE OR REPLACE VIEW passages AS
SELECT
    r.other_id AS first_id,
    r.other_paragraph AS paragraph,
    a.source AS first_source,
    a.url AS first_url,
    v.published_on AS first_published_on,
    a.first_fetched_at AS first_seen_at,
    count(DISTINCT r.article_id) + 1 AS articles,
    count(DISTINCT r.source) + (bool_and(r.source <> a.source))::INTEGER AS sources,
    arg_max(r.passage, r.end_char - r.start_char) AS passage
FROM relations AS r
JOIN core.article AS a ON a.article_id = r.other_id
JOIN core.article_version AS v ON v.version_id = a.current_version_id
WHERE NOT EXISTS (
    FROM relations AS e
    WHERE e.article_id = r.other_id
        AND e.start_char < r.other_end
        AND e.end_char > r.other_start
)
GROUP BY ALL;

COMMENT ON TABLE core.fragment IS
    '抽样的五字片段，用于发现共有段落 / a sample of each text''s 5-grams, by which shared passages are found';
COMMENT ON COLUMN core.fragment.fragment IS
    '五字片段的哈希 / hash of the 5-gram';
COMMENT ON COLUMN core.fragment.shingle IS
    '其中间三字的哈希，用于判断是否常见 / hash of the 3-gram in its middle, which tells whether it is common';
COMMENT ON COLUMN core.fragment.text_no IS
    '文本编号 / number of the text';

COMMENT ON TABLE core.relation IS
    '不同转载组的文本之间的共有段落，每段一行 / passages that texts of different clusters share, a row a passage';
COMMENT ON COLUMN core.relation.text_no IS
    '较晚的文本的编号 / number of the later text';
COMMENT ON COLUMN core.relation.other_no IS
    '较早的文本的编号 / number of the earlier text';
COMMENT ON COLUMN core.relation.relation IS
    '关系：excerpt 节选自、contains 包含、quotes 有共同段落 / what the later text is to the earlier one';
COMMENT ON COLUMN core.relation.similarity IS
    '共有的少见片段占较短一方的比例，0 到 1 / share of the smaller text''s rare 5-grams that both have, 0 to 1';
COMMENT ON COLUMN core.relation.start_char IS
    '段落在较晚文本中的起点，从 0 计 / where it begins in the later text, from 0';
COMMENT ON COLUMN core.relation.end_char IS
    '段落在较晚文本中的终点（不含） / where it ends in the later text, exclusive';
COMMENT ON COLUMN core.relation.other_start IS
    '段落在较早文本中的起点 / where it begins in the earlier text';
COMMENT ON COLUMN core.relation.other_end IS
    '段落在较早文本中的终点（不含） / where it ends in the earlier text, exclusive';
COMMENT ON COLUMN core.relation.other_paragraph IS
    '它在较早文本的第几段开始，从 0 计 / the earlier text''s paragraph it begins in, from 0';

COMMENT ON VIEW relations IS
    '不同转载组的文章之间的关系，每个共有段落一行；法条与套话不计 / what articles of different clusters have in common, a row a passage; statutes and boilerplate do not count';
COMMENT ON COLUMN relations.article_id IS
    '较晚的文章 / the later article';
COMMENT ON COLUMN relations.source IS
    '其来源 / its source';
COMMENT ON COLUMN relations.url IS
    '其网址 / its URL';
COMMENT ON COLUMN relations.relation IS
    '关系：excerpt 节选自、contains 包含、merges 合并多篇、quotes 有共同段落 / excerpt of the other; contains it; merges it with another; quotes a passage of it';
COMMENT ON COLUMN relations.other_id IS
    '较早的文章 / the earlier article';
COMMENT ON COLUMN relations.other_source IS
    '较早文章的来源 / source of the earlier article';
COMMENT ON COLUMN relations.other_url IS
    '较早文章的网址 / URL of the earlier article';
COMMENT ON COLUMN relations.similarity IS
    '共有的少见片段占较短一方的比例，0 到 1 / share of the smaller text''s rare 5-grams that both have, 0 to 1';
COMMENT ON COLUMN relations.passage IS
    '较晚文章中的段落原文 / the passage as it stands in the later article';
COMMENT ON COLUMN relations.start_char IS
    '段落在较晚文章中的起点，从 0 计 / where it begins in the later article, from 0';
COMMENT ON COLUMN relations.end_char IS
    '段落在较晚文章中的终点（不含） / where it ends in the later article, exclusive';
COMMENT ON COLUMN relations.other_start IS
    '段落在较早文章中的起点 / where it begins in the earlier article';
COMMENT ON COLUMN relations.other_end IS
    '段落在较早文章中的终点（不含） / where it ends in the earlier article, exclusive';
COMMENT ON COLUMN relations.other_paragraph IS
    '它在较早文章的第几段开始，从 0 计 / the earlier article''s paragraph it begins in, from 0';

COMMENT ON VIEW passages IS
    '被多篇文章使用的段落，以及最早见于哪里 / passages that stand in several articles, and where each was first seen';
COMMENT ON COLUMN passages.first_id IS
    '最早含有它的文章 / the earliest article that has it';
COMMENT ON COLUMN passages.paragraph IS
    '在该文的第几段，从 0 计 / in which paragraph of that article, from 0';
COMMENT ON COLUMN passages.first_source IS
    '该文的来源 / source of that article';
COMMENT ON COLUMN passages.first_url IS
    '该文的网址 / URL of that article';
COMMENT ON COLUMN passages.first_published_on IS
    '该文所载的发布日期 / the day that article gives as its date';
COMMENT ON COLUMN passages.first_seen_at IS
    '该文首次抓取的时间 / when that article was first fetched';
COMMENT ON COLUMN passages.articles IS
    '含有它的文章数 / how many articles have it, that one included';
COMMENT ON COLUMN passages.sources IS
    '涉及的来源数 / how many sources these are from';
COMMENT ON COLUMN passages.passage IS
    '段落原文（最长的一处） / its words, where most of it stands';
