-- What the columns of cited mean.

COMMENT ON VIEW cited IS
    '现行版本的引用，与今天无关的一切；视图 citations 由此而来 / citations of current texts, all that does not depend on today; the view citations is made of it';
COMMENT ON COLUMN cited.citation_id IS
    '引用标识 / citation id';
COMMENT ON COLUMN cited.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN cited.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN cited.start_char IS
    '引用在正文中的起点，从 0 起，Unicode 码位 / start of the citation in the text, 0-based, code points';
COMMENT ON COLUMN cited.end_char IS
    '引用在正文中的终点（不含），Unicode 码位 / end of the citation in the text, exclusive, code points';
COMMENT ON COLUMN cited.raw_text IS
    '引用的原文字样 / the citation''s words as they stand in the text';
COMMENT ON COLUMN cited.sentence IS
    '引用所在的句子 / the sentence it stands in';
COMMENT ON COLUMN cited.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';
COMMENT ON COLUMN cited.law_title IS
    '法律全称；未收录的按原文名称 / full title of the law, or the title as written';
COMMENT ON COLUMN cited.article_no IS
    '第几条，从 1 起 / number of the statute''s article (条), from 1';
COMMENT ON COLUMN cited.article_suffix IS
    '条之几（如之一为 1），没有为空 / inserted article: 1 for 之一; NULL where there is none';
COMMENT ON COLUMN cited.article_end IS
    '条文范围的末条 / last article of a range of articles';
COMMENT ON COLUMN cited.paragraph_no IS
    '第几款 / number of the paragraph (款)';
COMMENT ON COLUMN cited.item_no IS
    '第几项 / number of the item (项)';
COMMENT ON COLUMN cited.item_end IS
    '项的范围的末项 / last item of a range of items';
COMMENT ON COLUMN cited.document_number IS
    '文号 / document number';
COMMENT ON COLUMN cited.form IS
    '引用的写法 / the form the citation takes';
COMMENT ON COLUMN cited.is_anaphoric IS
    '是否回指（本法、该条等）/ whether it refers back (本法, 该条 …)';
COMMENT ON COLUMN cited.antecedent_start IS
    '所回指引用的起点，Unicode 码位 / start of the citation it refers back to, code points';
COMMENT ON COLUMN cited.as_of IS
    '核验所依据的日期 / the date the verdict is for';
COMMENT ON COLUMN cited.verdict IS
    '按文章日期的核验结论 / verdict on the article''s date: in_force, repealed, not_yet_in_force, no_such_article, wrong_article, quote_differs, wrong_document_number, wrong_title, ambiguous, unknown_law, unverifiable';
COMMENT ON COLUMN cited.confidence IS
    '结论的把握：high 高、medium 中、low 低 / how firm the ground is: high, medium, low';
COMMENT ON COLUMN cited.detail IS
    '结论的理由（中文）/ the reason for the verdict, in Chinese';
COMMENT ON COLUMN cited.detail_en IS
    '结论的理由（英文）/ the reason for the verdict, in English';
COMMENT ON COLUMN cited.evidence_table IS
    '结论所依据的表：statutes、versions、document_numbers，或导入的法条文本 texts / what the verdict rests on: a table of the registry, or the imported texts';
COMMENT ON COLUMN cited.evidence_from IS
    '所依据版本的施行日期 / first day in force of the version it rests on';
COMMENT ON COLUMN cited.evidence_origin IS
    '该行资料的出处 / where that row''s facts come from';
COMMENT ON COLUMN cited.evidence_words IS
    '法律原文，最多 200 字 / the law''s own words, 200 characters at most';
COMMENT ON COLUMN cited.correction_law IS
    '应当引用的法律 / the law to cite instead';
COMMENT ON COLUMN cited.correction_article_no IS
    '应当引用的条 / the article (条) to cite instead';
COMMENT ON COLUMN cited.correction_suffix IS
    '应当引用的条之几（如之一为 1）/ the inserted article to cite instead: 1 for 之一';
COMMENT ON COLUMN cited.correction_number IS
    '应当引用的文号 / the document number to cite instead';
COMMENT ON COLUMN cited.quote_start IS
    '所引条文内容在正文中的起点，Unicode 码位 / start of the words given as the provision''s, code points';
COMMENT ON COLUMN cited.quote_end IS
    '所引条文内容在正文中的终点（不含）/ end of those words, exclusive';
COMMENT ON COLUMN cited.quote_similarity IS
    '所引内容与所引条文的相似度，0 至 1 / how alike those words and the cited article are, 0 to 1';
COMMENT ON COLUMN cited.cite_version IS
    '引用识别程序的版本号 / version number of the citation stage';
COMMENT ON COLUMN cited.registry_version IS
    '法律目录的版本（12 位十六进制）/ version of the statute registry, 12 hex digits';
COMMENT ON COLUMN cited.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN cited.title IS
    '标题 / title';
COMMENT ON COLUMN cited.published_on IS
    '网页所载发布日期（北京时间），未经核实；有更正的按更正 / date of publication the page shows, Beijing time, not verified; or as corrected';
COMMENT ON COLUMN cited.is_canonical IS
    '是否为所在转载组的原文 / whether it is its cluster''s canonical article';
COMMENT ON COLUMN cited.law IS
    '法律简称；未收录的按原文名称 / short title of the law, or the title as written where it is not registered';
COMMENT ON COLUMN cited.provision IS
    '引用的条款，如《民法典》第675条 / the provision cited, as 《民法典》第675条';
COMMENT ON COLUMN cited.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN cited.then_from IS
    '当日有效版本的施行日期 / when the version in force on as_of took effect';
COMMENT ON COLUMN cited.then_articles IS
    '该版本的条数；未知则空 / how many articles that version has; null where unknown';
COMMENT ON COLUMN cited.part_no IS
    '引用所在的帖子（问题或回答）的序号，非问答为空 / the post it stands in, of a thread; NULL: no thread';
COMMENT ON COLUMN cited.part_kind IS
    '引用所在的是 question 问题还是 answer 回答 / whether it stands in the question or in an answer';
COMMENT ON COLUMN cited.part_author IS
    '引用所在的帖子的作者 / who wrote the post it stands in';
COMMENT ON COLUMN cited.ruled IS
    '人工更正的判定；无则空 / an analyst''s verdict; null where there is none';
COMMENT ON COLUMN cited.ruled_note IS
    '该更正的说明 / the note to it';
COMMENT ON COLUMN cited.dated_note IS
    '更正文章日期的说明；无则空 / the note to a correction of the article''s date; null where there is none';
