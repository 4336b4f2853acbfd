-- What the columns about corrections mean; the rest stands in comments.sql.

COMMENT ON TABLE ops.override IS
    '分析人员的更正（overrides.csv），每次构建重新套用 / an analyst''s corrections (overrides.csv), applied again by every build';
COMMENT ON COLUMN ops.override.line IS
    '在 overrides.csv 中的行号，从 1 起 / its line in overrides.csv, from 1';
COMMENT ON COLUMN ops.override.kind IS
    '更正的对象：verdict 核验结论、date 发布日期、no_repost 并非转载 / what is corrected: verdict, date, no_repost';
COMMENT ON COLUMN ops.override.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN ops.override.words IS
    '引用的原文字样（仅 verdict）/ the citation''s words (verdict only)';
COMMENT ON COLUMN ops.override.occurrence IS
    '这些字样在文中第几次作为引用出现，从 1 起 / which citation with these words in the text, from 1';
COMMENT ON COLUMN ops.override.value IS
    '更正为：结论、日期，或并非同文的另一网址 / what it should be: a verdict, a date, or the URL of the other article of the pair';
COMMENT ON COLUMN ops.override.note IS
    '更正的理由 / the analyst''s reason';
COMMENT ON COLUMN ops.override.state IS
    '状态：applied 已套用、unneeded 与程序结论相同、misfit 已对不上 / applied; unneeded: the program says so too; misfit: what it names is not there any more';
COMMENT ON COLUMN ops.override.detail IS
    '程序原来的结论，或为何对不上 / what the program says, or why it does not fit';
COMMENT ON COLUMN ops.override.article_id IS
    '所指文章的标识 / id of the article it names';
COMMENT ON COLUMN ops.override.citation_id IS
    '所指引用的标识 / id of the citation it names';
COMMENT ON COLUMN ops.override.freed_id IS
    '不再算作转载的文章的标识 / id of the article that is no repost any more';
COMMENT ON COLUMN ops.override.verdict IS
    '更正后的结论 / the corrected verdict';
COMMENT ON COLUMN ops.override.published_on IS
    '更正后的发布日期（北京时间）/ the corrected date of publication, Beijing time';

COMMENT ON VIEW overrides IS
    '分析人员的更正及其状态 / an analyst''s corrections, and whether each still fits';
COMMENT ON COLUMN overrides.line IS
    '在 overrides.csv 中的行号，从 1 起 / its line in overrides.csv, from 1';
COMMENT ON COLUMN overrides.kind IS
    '更正的对象：verdict 核验结论、date 发布日期、no_repost 并非转载 / what is corrected: verdict, date, no_repost';
COMMENT ON COLUMN overrides.state IS
    '状态：applied 已套用、unneeded 与程序结论相同、misfit 已对不上 / applied; unneeded: the program says so too; misfit: what it names is not there any more';
COMMENT ON COLUMN overrides.detail IS
    '程序原来的结论，或为何对不上 / what the program says, or why it does not fit';
COMMENT ON COLUMN overrides.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN overrides.words IS
    '引用的原文字样（仅 verdict）/ the citation''s words (verdict only)';
COMMENT ON COLUMN overrides.occurrence IS
    '这些字样在文中第几次作为引用出现，从 1 起 / which citation with these words in the text, from 1';
COMMENT ON COLUMN overrides.value IS
    '更正为：结论、日期，或并非同文的另一网址 / what it should be: a verdict, a date, or the URL of the other article of the pair';
COMMENT ON COLUMN overrides.note IS
    '更正的理由 / the analyst''s reason';
COMMENT ON COLUMN overrides.article_id IS
    '所指文章的标识 / id of the article it names';
COMMENT ON COLUMN overrides.citation_id IS
    '所指引用的标识 / id of the citation it names';

COMMENT ON VIEW membership IS
    '每篇文章属于哪个转载组，已计入更正 / which group of reposts each article is in, corrections included';
COMMENT ON COLUMN membership.article_id IS
    '文章标识 / article id';
COMMENT ON COLUMN membership.cluster_id IS
    '转载组标识 / cluster id';
COMMENT ON COLUMN membership.canonical_id IS
    '原文的文章标识 / article id of the cluster''s canonical article';
COMMENT ON COLUMN membership.relation IS
    '与原文的关系 / relation to the canonical article';
COMMENT ON COLUMN membership.similarity IS
    '与原文的相似度，0 到 1 / similarity to the canonical article, 0 to 1';
COMMENT ON COLUMN membership.substitution IS
    '同模板文章之间被替换的字样 / words that differ between two letters on one template';
COMMENT ON COLUMN membership.overridden IS
    '更正的理由，未更正为空 / the analyst''s reason; NULL where nothing was corrected';
COMMENT ON COLUMN articles.overridden IS
    '更正（日期、并非转载）的理由，未更正为空 / the analyst''s reason for a corrected date or group; NULL where nothing was corrected';
COMMENT ON COLUMN originals.overridden IS
    '更正（日期、并非转载）的理由，未更正为空 / the analyst''s reason for a corrected date or group; NULL where nothing was corrected';
COMMENT ON COLUMN citations.overridden IS
    '更正（结论、日期）的理由，未更正为空；更正后的结论没有 correction / the analyst''s reason for a corrected verdict or date; NULL where nothing was corrected';
COMMENT ON COLUMN about.left_out IS
    '发布时略去的内容（texts 正文；遮盖电话、身份证号、邮箱）/ what was left out in publishing: texts; phone numbers, ID-card numbers, mail addresses (masked)';
