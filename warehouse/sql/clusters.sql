-- Clusters for analysts: what is the original and why, what became of them, how articles are kin;
-- and what the columns of the tables behind them mean.

CREATE OR REPLACE VIEW clusters AS
SELECT
    d.cluster_id,
    d.canonical_id,
    a.source AS original_source,
    a.url AS original_url,
    v.title,
    count(*) AS articles,
    count(DISTINCT o.source) AS sources,
    k.rule,
    k.evidence,
    min(o.first_fetched_at) AS first_seen_at
FROM core.duplicate AS d
JOIN core.cluster AS k ON k.cluster_id = d.cluster_id
JOIN core.article AS a ON a.article_id = d.canonical_id
JOIN core.article_version AS v ON v.version_id = a.current_version_id
JOIN core.article AS o ON o.article_id = d.article_id
GROUP BY ALL;

CREATE OR REPLACE VIEW kinship AS
SELECT
    d.article_id,
    a.url,
    if(m.relation = 'mirror', 'mirror', d.relation) AS relation,
    d.matched_id AS other_id,
    o.url AS other_url,
    d.similarity,
    d.substitution,
    NULL::SMALLINT AS other_version_no,
    NULL::BIGINT AS passages
FROM core.duplicate AS d
JOIN membership AS m ON m.article_id = d.article_id
JOIN core.article AS a ON a.article_id = d.article_id
JOIN core.article AS o ON o.article_id = d.matched_id
UNION ALL
SELECT
    article_id, url, relation, other_id, other_url, max(similarity), NULL, NULL, count(*)
FROM relations
GROUP BY ALL
UNION ALL
SELECT a.article_id, a.url, 'earlier_version', a.article_id, a.url, NULL, NULL, v.version_no, NULL
FROM core.article AS a
JOIN core.article_version AS v ON v.article_id = a.article_id
WHERE v.version_id <> a.current_version_id;

COMMENT ON TABLE core.cluster IS
    '两篇及以上的转载组：哪篇是原文，凭什么 / clusters of two articles and more: which is the original, and by what';
COMMENT ON COLUMN core.cluster.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN core.cluster.canonical_id IS
    '原文的文章标识 / article id of the cluster''s canonical article';
COMMENT ON COLUMN core.cluster.rule IS
    '判定原文的依据：named 他文注明来源于它、credited 他文注明转自别处、dated 日期最早、timed 同日中时间最早、reputed 其网站更常为原文、first 先到 / by what: others name it as their source; the others say they were taken from elsewhere; earliest day; earliest minute of one day; its site is the original more often; came first';
COMMENT ON COLUMN core.cluster.evidence IS
    '依据的内容：所注明的名称与次数、两个日期、两站为原文的比例 / the evidence: the name given and how often, the two days, the two sites'' shares of originals';
COMMENT ON COLUMN core.cluster.original_source IS
    '原文所在来源 / source of the canonical article';
COMMENT ON COLUMN core.cluster.sources IS
    '刊有该组文章的来源 / the sources that have an article of it';

COMMENT ON TABLE core.standing IS
    '各来源为原文的比例，取一位小数 / how often each source has the original, to a tenth';
COMMENT ON COLUMN core.standing.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN core.standing.standing IS
    '以日期等判定的跨来源转载组中，该来源为原文的比例 / its share of originals among the clusters of several sources that dates and names decide';

COMMENT ON COLUMN core.member.seen_key IS
    '首次抓取先后的排序键 / sorts as the articles were first fetched';
COMMENT ON COLUMN core.member.source IS
    '来源名称 / name of its source';
COMMENT ON COLUMN core.member.day IS
    '用于判定原文的日期：页面所载日期与首次抓取日中较早者 / the day it is dated to: the page''s date or the day of its first fetch, the earlier';
COMMENT ON COLUMN core.member.is_timed IS
    '页面是否写明时分 / whether the page''s date tells the minute';
COMMENT ON COLUMN core.member.names IS
    '其网站与网址的各种称呼 / what its site and it may be called by';
COMMENT ON COLUMN core.member.credits IS
    '文中或页面注明的来源 / where the text or the page says it was taken from';

COMMENT ON VIEW clusters IS
    '转载组（含同一模板的文书）：原文、依据与规模 / clusters of reposts, and of letters of one template: the original, by what evidence, how many';
COMMENT ON COLUMN clusters.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN clusters.canonical_id IS
    '原文的文章标识 / article id of the cluster''s canonical article';
COMMENT ON COLUMN clusters.original_source IS
    '原文的来源 / source of the original';
COMMENT ON COLUMN clusters.original_url IS
    '原文的网址 / URL of the original';
COMMENT ON COLUMN clusters.title IS
    '原文的标题 / title of the original';
COMMENT ON COLUMN clusters.articles IS
    '组内文章数 / number of articles';
COMMENT ON COLUMN clusters.sources IS
    '涉及的来源数 / how many sources these are from';
COMMENT ON COLUMN clusters.rule IS
    '判定原文的依据：named 他文注明来源于它、credited 他文注明转自别处、dated 日期最早、timed 同日中时间最早、reputed 其网站更常为原文、first 先到 / by what: others name it as their source; the others say they were taken from elsewhere; earliest day; earliest minute of one day; its site is the original more often; came first';
COMMENT ON COLUMN clusters.evidence IS
    '依据的内容：所注明的名称与次数、两个日期、两站为原文的比例 / the evidence: the name given and how often, the two days, the two sites'' shares of originals';
COMMENT ON COLUMN clusters.first_seen_at IS
    '组内最早一次抓取的时间 / when its first member was fetched';

COMMENT ON VIEW kinship IS
    '文章之间的一切关系，每对一行；other 一般是较早或原文一方 / every relation between articles, a row a pair; the other is the earlier one or the original''s side';
COMMENT ON COLUMN kinship.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN kinship.url IS
    '规范网址 / canonical URL';
COMMENT ON COLUMN kinship.relation IS
    '关系：exact 全同、mirror 同站同页异址、near 近似、excerpt 节选自、contains 包含、merges 合并多篇、template 同模板异名、quotes 有共同段落、earlier_version 同一文章的旧版 / what it is to the other: the same text; one page under two hosts of its site; edited; excerpt; contains it; merges it with another; same template with another name; shares a passage; has it as an earlier version';
COMMENT ON COLUMN kinship.other_id IS
    '另一篇文章的标识 / article id of the other';
COMMENT ON COLUMN kinship.other_url IS
    '另一篇文章的网址 / URL of the other';
COMMENT ON COLUMN kinship.similarity IS
    '相似度，0 到 1；旧版不计 / similarity, 0 to 1; none for an earlier version';
COMMENT ON COLUMN kinship.substitution IS
    '模板中被替换的名称 / the name put for another, of a template';
COMMENT ON COLUMN kinship.other_version_no IS
    '旧版的版本号 / number of the earlier version';
COMMENT ON COLUMN kinship.passages IS
    '共有段落数 / how many passages they share';
