-- What every table, view, column and macro means, in Chinese and English, inside the file itself.
-- A test fails where something has no comment; sizes and times name their unit.

COMMENT ON TABLE core.article IS
    '网页文章，每个规范网址一行 / a web article, one row per canonical URL';
COMMENT ON COLUMN core.article.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN core.article.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN core.article.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN core.article.first_fetched_at IS
    '首次抓取时间（北京时间显示）/ when it was first fetched';
COMMENT ON COLUMN core.article.last_fetched_at IS
    '最近一次抓取时间 / when it was last fetched';
COMMENT ON COLUMN core.article.gone_at IS
    '发现网页已删除（404、410 或转往首页）的时间，仍在线为空 / when the page was found gone (404, 410, or leading to the home page); NULL while live';
COMMENT ON COLUMN core.article.current_version_id IS
    '当前版本的标识 / id of the current version';

COMMENT ON TABLE core.article_version IS
    '文章的各个版本，正文变化一次记一行 / an article''s versions, one row per change of its text';
COMMENT ON COLUMN core.article_version.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN core.article_version.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN core.article_version.version_no IS
    '版本序号，从 1 起 / version number, from 1';
COMMENT ON COLUMN core.article_version.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';
COMMENT ON COLUMN core.article_version.valid_from IS
    '该版本开始有效（首次抓到）的时间 / when this version was first fetched';
COMMENT ON COLUMN core.article_version.valid_to IS
    '该版本被取代的时间，当前版本为空 / when the next version was fetched; NULL: current';
COMMENT ON COLUMN core.article_version.title IS
    '标题 / title';
COMMENT ON COLUMN core.article_version.author IS
    '作者，网页所载 / author, as the page names them';
COMMENT ON COLUMN core.article_version.category IS
    '栏目，网页所载 / category, as the page names it';
COMMENT ON COLUMN core.article_version.published_at IS
    '网页所载发布时刻（精确到时分时才有）/ time of publication the page shows, where it shows a time of day';
COMMENT ON COLUMN core.article_version.published_on IS
    '网页所载发布日期（北京时间），未经核实 / date of publication the page shows, Beijing time, not verified';
COMMENT ON COLUMN core.article_version.published_precision IS
    '发布日期的精度：second 至 year / precision of the date: second, minute, hour, day, week, month, year';
COMMENT ON COLUMN core.article_version.published_evidence IS
    '页面上写明日期的原文 / the page''s very characters that say the date';
COMMENT ON COLUMN core.article_version.text IS
    '清洗后的正文，每段一行 / cleaned text, one paragraph a line';
COMMENT ON COLUMN core.article_version.text_sha256 IS
    '遮盖之前正文的 sha256（十六进制）/ sha256 of the text before anything was masked, hexadecimal';
COMMENT ON COLUMN core.article_version.char_count IS
    '正文字数（Unicode 码位）/ length of the text in Unicode code points';
COMMENT ON COLUMN core.article_version.charset_declared IS
    '网页声明的编码 / charset the page declares';
COMMENT ON COLUMN core.article_version.charset_chosen IS
    '实际采用的编码 / charset it was decoded with';
COMMENT ON COLUMN core.article_version.extract_version IS
    '提取程序的版本号 / version number of the extraction stage';
COMMENT ON COLUMN core.article_version.extractor IS
    '提取方式：template:来源@版本，或不用模板时所用程序及原因 / what read it: template:SOURCE@VERSION, or what did without one and why';

COMMENT ON TABLE core.band IS
    '签名分段，用于寻找相似文本 / bands of signatures, to find similar texts by a join';
COMMENT ON COLUMN core.band.band IS
    '分段哈希 / hash of one band of a signature';
COMMENT ON COLUMN core.band.text_no IS
    '文本编号 / number of the text';

COMMENT ON TABLE core.citation IS
    '一处法条引用 / one statute citation in one version of an article';
COMMENT ON COLUMN core.citation.citation_id IS
    '引用标识 / citation id';
COMMENT ON COLUMN core.citation.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN core.citation.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN core.citation.start_char IS
    '引用在正文中的起点，从 0 起，Unicode 码位 / start of the citation in the text, 0-based, code points';
COMMENT ON COLUMN core.citation.end_char IS
    '引用在正文中的终点（不含），Unicode 码位 / end of the citation in the text, exclusive, code points';
COMMENT ON COLUMN core.citation.raw_text IS
    '引用的原文字样 / the citation''s words as they stand in the text';
COMMENT ON COLUMN core.citation.sentence IS
    '引用所在的句子 / the sentence it stands in';
COMMENT ON COLUMN core.citation.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';
COMMENT ON COLUMN core.citation.law_title IS
    '法律全称；未收录的按原文名称 / full title of the law, or the title as written';
COMMENT ON COLUMN core.citation.article_no IS
    '第几条，从 1 起 / number of the statute''s article (条), from 1';
COMMENT ON COLUMN core.citation.article_suffix IS
    '条之几（如之一为 1），没有为空 / inserted article: 1 for 之一; NULL where there is none';
COMMENT ON COLUMN core.citation.article_end IS
    '条文范围的末条 / last article of a range of articles';
COMMENT ON COLUMN core.citation.paragraph_no IS
    '第几款 / number of the paragraph (款)';
COMMENT ON COLUMN core.citation.item_no IS
    '第几项 / number of the item (项)';
COMMENT ON COLUMN core.citation.item_end IS
    '项的范围的末项 / last item of a range of items';
COMMENT ON COLUMN core.citation.document_number IS
    '文号 / document number';
COMMENT ON COLUMN core.citation.form IS
    '引用的写法 / the form the citation takes';
COMMENT ON COLUMN core.citation.is_anaphoric IS
    '是否回指（本法、该条等）/ whether it refers back (本法, 该条 …)';
COMMENT ON COLUMN core.citation.antecedent_start IS
    '所回指引用的起点，Unicode 码位 / start of the citation it refers back to, code points';
COMMENT ON COLUMN core.citation.as_of IS
    '核验所依据的日期 / the date the verdict is for';
COMMENT ON COLUMN core.citation.verdict IS
    '按文章日期的核验结论 / verdict on the article''s date: in_force, repealed, not_yet_in_force, no_such_article, wrong_article, quote_differs, wrong_document_number, wrong_title, ambiguous, unknown_law, unverifiable';
COMMENT ON COLUMN core.citation.confidence IS
    '结论的把握：high 高、medium 中、low 低 / how firm the ground is: high, medium, low';
COMMENT ON COLUMN core.citation.detail IS
    '结论的理由（中文）/ the reason for the verdict, in Chinese';
COMMENT ON COLUMN core.citation.detail_en IS
    '结论的理由（英文）/ the reason for the verdict, in English';
COMMENT ON COLUMN core.citation.correction_law IS
    '应当引用的法律 / the law to cite instead';
COMMENT ON COLUMN core.citation.correction_article_no IS
    '应当引用的条 / the article (条) to cite instead';
COMMENT ON COLUMN core.citation.correction_suffix IS
    '应当引用的条之几（如之一为 1）/ the inserted article to cite instead: 1 for 之一';
COMMENT ON COLUMN core.citation.correction_number IS
    '应当引用的文号 / the document number to cite instead';
COMMENT ON COLUMN core.citation.evidence_table IS
    '结论所依据的表：statutes、versions、document_numbers，或导入的法条文本 texts / what the verdict rests on: a table of the registry, or the imported texts';
COMMENT ON COLUMN core.citation.evidence_from IS
    '所依据版本的施行日期 / first day in force of the version it rests on';
COMMENT ON COLUMN core.citation.evidence_origin IS
    '该行资料的出处 / where that row''s facts come from';
COMMENT ON COLUMN core.citation.evidence_words IS
    '法律原文，最多 200 字 / the law''s own words, 200 characters at most';
COMMENT ON COLUMN core.citation.quote_start IS
    '所引条文内容在正文中的起点，Unicode 码位 / start of the words given as the provision''s, code points';
COMMENT ON COLUMN core.citation.quote_end IS
    '所引条文内容在正文中的终点（不含）/ end of those words, exclusive';
COMMENT ON COLUMN core.citation.quote_similarity IS
    '所引内容与所引条文的相似度，0 至 1 / how alike those words and the cited article are, 0 to 1';
COMMENT ON COLUMN core.citation.cite_version IS
    '引用识别程序的版本号 / version number of the citation stage';
COMMENT ON COLUMN core.citation.registry_version IS
    '法律目录的版本（12 位十六进制）/ version of the statute registry, 12 hex digits';

COMMENT ON TABLE core.cluster_event IS
    '转载组的合并、拆分与变动记录 / the log of clusters merged, split, moved, renamed';
COMMENT ON COLUMN core.cluster_event.epoch IS
    '统计轮次 / number of the epoch';
COMMENT ON COLUMN core.cluster_event.what IS
    '变动：merged 合并、split 拆分、moved 移动、renamed 改名、crowned 改定原文 / what happened: clusters merged, split, articles moved, the cluster renamed, another original';
COMMENT ON COLUMN core.cluster_event.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN core.cluster_event.other_id IS
    '所涉的另一组或文章 / the other cluster or article';
COMMENT ON COLUMN core.cluster_event.articles IS
    '涉及的文章数 / number of articles concerned';

COMMENT ON TABLE core.common_shingle IS
    '当前轮次中过于常见、不计入比较的片段 / shingles too common to count in the present epoch';
COMMENT ON COLUMN core.common_shingle.shingle IS
    '片段的哈希 / hash of the shingle';

COMMENT ON TABLE core.duplicate IS
    '每篇文章属于哪个转载组 / the duplicate cluster of each article';
COMMENT ON COLUMN core.duplicate.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN core.duplicate.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN core.duplicate.canonical_id IS
    '原文的文章标识 / article id of the cluster''s canonical article';
COMMENT ON COLUMN core.duplicate.relation IS
    '与原文的关系：original 原文、exact 全同、near 近似、excerpt 节选、contains 包含、template 同模板 / relation to the canonical article';
COMMENT ON COLUMN core.duplicate.similarity IS
    '与原文的相似度，0 到 1 / similarity to the canonical article, 0 to 1';
COMMENT ON COLUMN core.duplicate.rare_similarity IS
    '只计少见片段的相似度，0 到 1 / similarity over rare shingles only, 0 to 1';
COMMENT ON COLUMN core.duplicate.matched_id IS
    '直接匹配到的文章 / the article it was matched with';
COMMENT ON COLUMN core.duplicate.substitution IS
    '模板中被替换的名称 / the words one template has in place of the other''s';
COMMENT ON COLUMN core.duplicate.epoch IS
    '统计轮次 / number of the epoch';

COMMENT ON TABLE core.epoch IS
    '统计片段常见程度的各轮次 / the epochs in which shingle frequencies were counted';
COMMENT ON COLUMN core.epoch.epoch IS
    '统计轮次 / number of the epoch';
COMMENT ON COLUMN core.epoch.size IS
    '统计所含的文本数 / number of texts counted';
COMMENT ON COLUMN core.epoch.canonical_texts IS
    '其中的原文数 / of these, texts that copy no other';
COMMENT ON COLUMN core.epoch.bound IS
    '超过该篇数即为常见 / a shingle in more texts than this is common';
COMMENT ON COLUMN core.epoch.common_shingles IS
    '常见片段数 / number of common shingles';
COMMENT ON COLUMN core.epoch.judged_texts IS
    '重新判定的文本数 / texts judged again';
COMMENT ON COLUMN core.epoch.judged_pairs IS
    '重新判定的对数 / pairs judged again';
COMMENT ON COLUMN core.epoch.seconds IS
    '耗时，秒 / time taken, seconds';
COMMENT ON COLUMN core.epoch.dedup_version IS
    '去重程序的版本号 / version number of the dedup stage';

COMMENT ON TABLE core.member IS
    '参与比较的文章 / the articles that take part in the comparison';
COMMENT ON COLUMN core.member.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN core.member.order_key IS
    '排序键：先抓到者在前 / order key: fetched first comes first';
COMMENT ON COLUMN core.member.text_digest IS
    '规范化文本的摘要 / digest of the normalised text';

COMMENT ON TABLE core.rejection IS
    '抓到但不是文章的页面及原因 / pages fetched that are no article, with the reason';
COMMENT ON COLUMN core.rejection.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';
COMMENT ON COLUMN core.rejection.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN core.rejection.url IS
    '页面网址 / URL of the page';
COMMENT ON COLUMN core.rejection.fetched_at IS
    '抓取时间 / when it was fetched';
COMMENT ON COLUMN core.rejection.reason IS
    '未收录的原因 / why it is no article';
COMMENT ON COLUMN core.rejection.detail IS
    '原因的说明 / the reason in more words';

COMMENT ON TABLE core.signature IS
    '规范化文本的最小哈希签名 / MinHash signatures of the distinct normalised texts';
COMMENT ON COLUMN core.signature.text_no IS
    '文本编号 / number of the text';
COMMENT ON COLUMN core.signature.text_digest IS
    '规范化文本的摘要 / digest of the normalised text';
COMMENT ON COLUMN core.signature.head_id IS
    '最先出现该文本的文章 / the first article that has this text';
COMMENT ON COLUMN core.signature.head_order IS
    '该文章的排序键 / its order key';
COMMENT ON COLUMN core.signature.signature IS
    '126 个 32 位最小哈希值 / 126 minimum hashes of 32 bits';
COMMENT ON COLUMN core.signature.matched_no IS
    '最相似的较早文本编号 / number of the most similar earlier text';
COMMENT ON COLUMN core.signature.root_no IS
    '匹配链的起点，即原文 / where the matches lead to: the canonical text';
COMMENT ON COLUMN core.signature.relation IS
    '与原文的关系：original 原文、exact 全同、near 近似、excerpt 节选、contains 包含、template 同模板 / relation to the canonical article';
COMMENT ON COLUMN core.signature.jaccard IS
    '相似度，0 到 1 / Jaccard similarity, 0 to 1';
COMMENT ON COLUMN core.signature.rare_jaccard IS
    '只计少见片段的相似度，0 到 1 / Jaccard similarity over rare shingles, 0 to 1';
COMMENT ON COLUMN core.signature.substitution IS
    '模板中被替换的名称 / the words one template has in place of the other''s';

COMMENT ON TABLE core.source IS
    '抓取来源网站 / the sites crawled';
COMMENT ON COLUMN core.source.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN core.source.start_url IS
    '起始网址 / the URL the crawl starts from';
COMMENT ON COLUMN core.source.enabled IS
    '是否启用 / whether it is crawled';
COMMENT ON COLUMN core.source.delay_s IS
    '两次请求之间的间隔，秒 / delay between two requests, seconds';

COMMENT ON TABLE core.statute IS
    '法律、法规、司法解释等 / statutes: laws, regulations, judicial interpretations';
COMMENT ON COLUMN core.statute.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';
COMMENT ON COLUMN core.statute.title IS
    '法律全称 / full title';
COMMENT ON COLUMN core.statute.short_title IS
    '法律简称 / short title';
COMMENT ON COLUMN core.statute.kind IS
    '类别：法律、行政法规、司法解释等 / kind: law, regulation, judicial interpretation …';
COMMENT ON COLUMN core.statute.issuer IS
    '制定机关 / the body that issued it';
COMMENT ON COLUMN core.statute.document_number IS
    '文号 / document number';
COMMENT ON COLUMN core.statute.repealed_on IS
    '废止日期，当日起失效 / date of repeal, no longer in force from that day';
COMMENT ON COLUMN core.statute.replaced_by IS
    '取代它的法律的标识 / statute id of its successor';
COMMENT ON COLUMN core.statute.is_confirmed IS
    '事实是否经公开文本核对 / whether the facts were confirmed by a public text';
COMMENT ON COLUMN core.statute.origin IS
    '事实的出处 / where the facts come from';

COMMENT ON TABLE core.statute_alias IS
    '法律的简称与别名 / other names of statutes';
COMMENT ON COLUMN core.statute_alias.alias IS
    '别名 / another name';
COMMENT ON COLUMN core.statute_alias.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';

COMMENT ON TABLE core.statute_version IS
    '法律的各个文本版本 / a statute''s versions, by when they took effect';
COMMENT ON COLUMN core.statute_version.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';
COMMENT ON COLUMN core.statute_version.promulgated_on IS
    '公布日期 / date of promulgation';
COMMENT ON COLUMN core.statute_version.effective_from IS
    '施行日期 / first day in force';
COMMENT ON COLUMN core.statute_version.effective_to IS
    '失效日期 / end of being in force; NULL: still is';
COMMENT ON COLUMN core.statute_version.article_count IS
    '条文总数 / number of articles (条)';
COMMENT ON COLUMN core.statute_version.is_confirmed IS
    '事实是否经公开文本核对 / whether the facts were confirmed by a public text';
COMMENT ON COLUMN core.statute_version.origin IS
    '事实的出处 / where the facts come from';

COMMENT ON TABLE core.unsettled_text IS
    '已改动、尚待重新归组的文本 / texts whose grouping is still to be settled';
COMMENT ON COLUMN core.unsettled_text.text_digest IS
    '规范化文本的摘要 / digest of the normalised text';

COMMENT ON VIEW about IS
    '本文件的说明，只有一行 / about this file, one row';
COMMENT ON COLUMN about.schema_version IS
    '表结构版本号 / version number of the tables';
COMMENT ON COLUMN about.code_version IS
    '程序版本 / version of fatiao that published it';
COMMENT ON COLUMN about.registry_version IS
    '法律目录的版本（12 位十六进制）/ version of the statute registry, 12 hex digits';
COMMENT ON COLUMN about.run_id IS
    '最近一次运行编号 / number of the run it was published by';
COMMENT ON COLUMN about.built_at IS
    '构建时间 / when it was built';
COMMENT ON COLUMN about.published_at IS
    '发布时间 / when it was published';
COMMENT ON COLUMN about.as_of IS
    '数据截至：最后一次抓取的时间 / as of: time of the last fetch';
COMMENT ON COLUMN about.sources IS
    '来源数 / number of sources';
COMMENT ON COLUMN about.articles IS
    '文章数 / number of articles';
COMMENT ON COLUMN about.originals IS
    '原文数 / number of canonical articles';
COMMENT ON COLUMN about.reposts IS
    '转载数 / number of reposts';
COMMENT ON COLUMN about.citations IS
    '引用数 / number of citations';
COMMENT ON COLUMN about.bad_citations IS
    '错误引用数（按文章日期）/ citations that were wrong on the article''s date';
COMMENT ON COLUMN about.rejections IS
    '未收录页面数 / number of pages rejected';
COMMENT ON COLUMN about.statutes IS
    '法律数 / number of statutes';

COMMENT ON VIEW articles IS
    '每篇文章的当前版本 / the current version of every article';
COMMENT ON COLUMN articles.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN articles.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN articles.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN articles.title IS
    '标题 / title';
COMMENT ON COLUMN articles.author IS
    '作者，网页所载 / author, as the page names them';
COMMENT ON COLUMN articles.category IS
    '栏目，网页所载 / category, as the page names it';
COMMENT ON COLUMN articles.published_on IS
    '网页所载发布日期（北京时间），未经核实；有更正的按更正 / date of publication the page shows, Beijing time, not verified; or as corrected';
COMMENT ON COLUMN articles.published_at IS
    '网页所载发布时刻（精确到时分时才有）/ time of publication the page shows, where it shows a time of day';
COMMENT ON COLUMN articles.published_precision IS
    '发布日期的精度：second 至 year / precision of the date: second, minute, hour, day, week, month, year';
COMMENT ON COLUMN articles.published_evidence IS
    '页面上写明日期的原文 / the page''s very characters that say the date';
COMMENT ON COLUMN articles.first_fetched_at IS
    '首次抓取时间（北京时间显示）/ when it was first fetched';
COMMENT ON COLUMN articles.last_fetched_at IS
    '最近一次抓取时间 / when it was last fetched';
COMMENT ON COLUMN articles.gone_at IS
    '发现网页已删除（404、410 或转往首页）的时间，仍在线为空 / when the page was found gone (404, 410, or leading to the home page); NULL while live';
COMMENT ON COLUMN articles.version_no IS
    '版本序号，从 1 起 / version number, from 1';
COMMENT ON COLUMN articles.version_since IS
    '当前版本首次抓到的时间 / when this version was first fetched';
COMMENT ON COLUMN articles.char_count IS
    '正文字数（Unicode 码位）/ length of the text in Unicode code points';
COMMENT ON COLUMN articles.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN articles.is_canonical IS
    '是否为所在转载组的原文 / whether it is its cluster''s canonical article';
COMMENT ON COLUMN articles.duplicate_of IS
    '所重复的原文的文章标识，自己是原文则为空 / article id of the canonical article; NULL where it is the canonical itself';
COMMENT ON COLUMN articles.relation IS
    '与原文的关系：original 原文、exact 全同、mirror 同站同页异址、near 近似、excerpt 节选、contains 包含、template 同模板 / relation to the canonical article';
COMMENT ON COLUMN articles.similarity IS
    '与原文的相似度，0 到 1 / similarity to the canonical article, 0 to 1';
COMMENT ON COLUMN articles.repost_count IS
    '被转载篇数 / number of articles that repost it';
COMMENT ON COLUMN articles.text IS
    '清洗后的正文，每段一行；不公布正文时为空串 / cleaned text, one paragraph a line; empty where texts are not published';
COMMENT ON COLUMN articles.text_sha256 IS
    '遮盖之前正文的 sha256（十六进制）/ sha256 of the text before anything was masked, hexadecimal';
COMMENT ON COLUMN articles.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN articles.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';

COMMENT ON VIEW citations IS
    '当前版本中的法条引用及核验结论 / citations in current versions, with their verdicts';
COMMENT ON COLUMN citations.citation_id IS
    '引用标识 / citation id';
COMMENT ON COLUMN citations.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN citations.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN citations.title IS
    '标题 / title';
COMMENT ON COLUMN citations.published_on IS
    '网页所载发布日期（北京时间），未经核实；有更正的按更正 / date of publication the page shows, Beijing time, not verified; or as corrected';
COMMENT ON COLUMN citations.is_canonical IS
    '是否为所在转载组的原文 / whether it is its cluster''s canonical article';
COMMENT ON COLUMN citations.law IS
    '法律简称；未收录的按原文名称 / short title of the law, or the title as written where it is not registered';
COMMENT ON COLUMN citations.article_no IS
    '第几条，从 1 起 / number of the statute''s article (条), from 1';
COMMENT ON COLUMN citations.provision IS
    '引用的条款，如《民法典》第675条 / the provision cited, as 《民法典》第675条';
COMMENT ON COLUMN citations.verdict IS
    '按文章日期的核验结论 / verdict on the article''s date: in_force, repealed, not_yet_in_force, no_such_article, wrong_article, quote_differs, wrong_document_number, wrong_title, ambiguous, unknown_law, unverifiable';
COMMENT ON COLUMN citations.verdict_today IS
    '按今天的核验结论 / the verdict as of today, Beijing time';
COMMENT ON COLUMN citations.is_bad IS
    '按文章日期是否引用错误 / whether it was wrong on the article''s date; not resolved is not wrong';
COMMENT ON COLUMN citations.is_bad_today IS
    '按今天是否引用错误 / whether it is wrong as of today';
COMMENT ON COLUMN citations.confidence IS
    '结论的把握：high 高、medium 中、low 低 / how firm the ground is: high, medium, low';
COMMENT ON COLUMN citations.detail IS
    '结论的理由（中文）/ the reason for the verdict, in Chinese';
COMMENT ON COLUMN citations.detail_en IS
    '结论的理由（英文）/ the reason for the verdict, in English';
COMMENT ON COLUMN citations.correction IS
    '应当引用的条款或文号 / what should be cited instead, where that is known';
COMMENT ON COLUMN citations.raw_text IS
    '引用的原文字样 / the citation''s words as they stand in the text';
COMMENT ON COLUMN citations.sentence IS
    '引用所在的句子 / the sentence it stands in';
COMMENT ON COLUMN citations.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN citations.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';
COMMENT ON COLUMN citations.law_title IS
    '法律全称；未收录的按原文名称 / full title of the law, or the title as written';
COMMENT ON COLUMN citations.article_suffix IS
    '条之几（如之一为 1），没有为空 / inserted article: 1 for 之一; NULL where there is none';
COMMENT ON COLUMN citations.article_end IS
    '条文范围的末条 / last article of a range of articles';
COMMENT ON COLUMN citations.paragraph_no IS
    '第几款 / number of the paragraph (款)';
COMMENT ON COLUMN citations.item_no IS
    '第几项 / number of the item (项)';
COMMENT ON COLUMN citations.item_end IS
    '项的范围的末项 / last item of a range of items';
COMMENT ON COLUMN citations.document_number IS
    '文号 / document number';
COMMENT ON COLUMN citations.correction_law IS
    '应当引用的法律 / the law to cite instead';
COMMENT ON COLUMN citations.correction_article_no IS
    '应当引用的条 / the article (条) to cite instead';
COMMENT ON COLUMN citations.correction_suffix IS
    '应当引用的条之几（如之一为 1）/ the inserted article to cite instead: 1 for 之一';
COMMENT ON COLUMN citations.correction_number IS
    '应当引用的文号 / the document number to cite instead';
COMMENT ON COLUMN citations.evidence_table IS
    '结论所依据的表：statutes、versions、document_numbers，或导入的法条文本 texts / what the verdict rests on: a table of the registry, or the imported texts';
COMMENT ON COLUMN citations.evidence_from IS
    '所依据版本的施行日期 / first day in force of the version it rests on';
COMMENT ON COLUMN citations.evidence_origin IS
    '该行资料的出处 / where that row''s facts come from';
COMMENT ON COLUMN citations.evidence_words IS
    '法律原文，最多 200 字 / the law''s own words, 200 characters at most';
COMMENT ON COLUMN citations.quote_start IS
    '所引条文内容在正文中的起点，Unicode 码位 / start of the words given as the provision''s, code points';
COMMENT ON COLUMN citations.quote_end IS
    '所引条文内容在正文中的终点（不含）/ end of those words, exclusive';
COMMENT ON COLUMN citations.quote_similarity IS
    '所引内容与所引条文的相似度，0 至 1 / how alike those words and the cited article are, 0 to 1';
COMMENT ON COLUMN citations.form IS
    '引用的写法 / the form the citation takes';
COMMENT ON COLUMN citations.is_anaphoric IS
    '是否回指（本法、该条等）/ whether it refers back (本法, 该条 …)';
COMMENT ON COLUMN citations.as_of IS
    '核验所依据的日期 / the date the verdict is for';
COMMENT ON COLUMN citations.start_char IS
    '引用在正文中的起点，从 0 起，Unicode 码位 / start of the citation in the text, 0-based, code points';
COMMENT ON COLUMN citations.end_char IS
    '引用在正文中的终点（不含），Unicode 码位 / end of the citation in the text, exclusive, code points';
COMMENT ON COLUMN citations.version_id IS
    '版本标识 / version id';

COMMENT ON VIEW freshness IS
    '各来源的新鲜程度与最近一次运行情况 / how fresh each source is, and its last run';
COMMENT ON COLUMN freshness.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN freshness.enabled IS
    '是否启用 / whether it is crawled';
COMMENT ON COLUMN freshness.last_ok_at IS
    '最近一次成功抓取的时间 / last successful fetch';
COMMENT ON COLUMN freshness.age IS
    '距最近一次成功抓取的时长 / time since the last successful fetch';
COMMENT ON COLUMN freshness.newest_article_at IS
    '最新文章的首次抓取时间 / when the newest article was first fetched';
COMMENT ON COLUMN freshness.newest_published_on IS
    '最晚的发布日期 / latest date of publication';
COMMENT ON COLUMN freshness.articles IS
    '文章数 / number of articles';
COMMENT ON COLUMN freshness.last_run_id IS
    '最近一次运行编号 / number of its last run';
COMMENT ON COLUMN freshness.last_run_requests IS
    '最近一次运行的请求数 / requests in its last run';
COMMENT ON COLUMN freshness.state IS
    '上次运行后的判断：ok 正常、degraded 欠佳、broken 损坏、blocked 被拒、unreachable 连不上 / the judgement after its last run; NULL where there was none';
COMMENT ON COLUMN freshness.reason IS
    '判断的理由 / the reason of that judgement';
COMMENT ON COLUMN freshness.last_run_errors IS
    '最近一次运行的出错数 / errors in its last run, HTTP 4xx and 5xx among them';

COMMENT ON VIEW lineage IS
    '从引用追溯到存档字节 / from each citation back to its bytes in the archive';
COMMENT ON COLUMN lineage.citation_id IS
    '引用标识 / citation id';
COMMENT ON COLUMN lineage.raw_text IS
    '引用的原文字样 / the citation''s words as they stand in the text';
COMMENT ON COLUMN lineage.start_char IS
    '引用在正文中的起点，从 0 起，Unicode 码位 / start of the citation in the text, 0-based, code points';
COMMENT ON COLUMN lineage.end_char IS
    '引用在正文中的终点（不含），Unicode 码位 / end of the citation in the text, exclusive, code points';
COMMENT ON COLUMN lineage.sentence IS
    '引用所在的句子 / the sentence it stands in';
COMMENT ON COLUMN lineage.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN lineage.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN lineage.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN lineage.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN lineage.version_no IS
    '版本序号，从 1 起 / version number, from 1';
COMMENT ON COLUMN lineage.title IS
    '标题 / title';
COMMENT ON COLUMN lineage.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';
COMMENT ON COLUMN lineage.run_id IS
    '运行编号 / number of the run';
COMMENT ON COLUMN lineage.fetched_url IS
    '实际请求的网址 / the URL that was requested';
COMMENT ON COLUMN lineage.fetched_at IS
    '抓取时间 / when it was fetched';
COMMENT ON COLUMN lineage.archive_file IS
    '存档 WARC 文件名，在 data/archive/ 下 / WARC file in data/archive/';
COMMENT ON COLUMN lineage.archive_offset IS
    '记录在文件中的位置，字节 / offset of the record in the file, bytes';
COMMENT ON COLUMN lineage.archive_length IS
    '记录的长度（压缩后），字节 / length of the record as compressed, bytes';
COMMENT ON COLUMN lineage.payload_digest IS
    '页面正文的摘要 sha256:… / digest of the body, sha256: and 64 hex digits';
COMMENT ON COLUMN lineage.charset_chosen IS
    '实际采用的编码 / charset it was decoded with';
COMMENT ON COLUMN lineage.extract_version IS
    '提取程序的版本号 / version number of the extraction stage';
COMMENT ON COLUMN lineage.cite_version IS
    '引用识别程序的版本号 / version number of the citation stage';
COMMENT ON COLUMN lineage.registry_version IS
    '法律目录的版本（12 位十六进制）/ version of the statute registry, 12 hex digits';
COMMENT ON COLUMN lineage.extractor IS
    '提取方式：template:来源@版本，或不用模板时所用程序及原因 / what read it: template:SOURCE@VERSION, or what did without one and why';
COMMENT ON COLUMN lineage.template IS
    '所用模板：来源@版本；不用模板则空 / the template that read it, SOURCE@VERSION; null where none did';

COMMENT ON VIEW originals IS
    '每个转载组中的原文；同一模板的文书只留一份 / the canonical article of each cluster: reposts left out, and of letters of one template all but one';
COMMENT ON COLUMN originals.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN originals.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN originals.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN originals.title IS
    '标题 / title';
COMMENT ON COLUMN originals.author IS
    '作者，网页所载 / author, as the page names them';
COMMENT ON COLUMN originals.category IS
    '栏目，网页所载 / category, as the page names it';
COMMENT ON COLUMN originals.published_on IS
    '网页所载发布日期（北京时间），未经核实；有更正的按更正 / date of publication the page shows, Beijing time, not verified; or as corrected';
COMMENT ON COLUMN originals.published_at IS
    '网页所载发布时刻（精确到时分时才有）/ time of publication the page shows, where it shows a time of day';
COMMENT ON COLUMN originals.published_precision IS
    '发布日期的精度：second 至 year / precision of the date: second, minute, hour, day, week, month, year';
COMMENT ON COLUMN originals.published_evidence IS
    '页面上写明日期的原文 / the page''s very characters that say the date';
COMMENT ON COLUMN originals.first_fetched_at IS
    '首次抓取时间（北京时间显示）/ when it was first fetched';
COMMENT ON COLUMN originals.last_fetched_at IS
    '最近一次抓取时间 / when it was last fetched';
COMMENT ON COLUMN originals.gone_at IS
    '发现网页已删除（404、410 或转往首页）的时间，仍在线为空 / when the page was found gone (404, 410, or leading to the home page); NULL while live';
COMMENT ON COLUMN originals.version_no IS
    '版本序号，从 1 起 / version number, from 1';
COMMENT ON COLUMN originals.version_since IS
    '当前版本首次抓到的时间 / when this version was first fetched';
COMMENT ON COLUMN originals.char_count IS
    '正文字数（Unicode 码位）/ length of the text in Unicode code points';
COMMENT ON COLUMN originals.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN originals.repost_count IS
    '被转载篇数 / number of articles that repost it';
COMMENT ON COLUMN originals.text IS
    '清洗后的正文，每段一行；不公布正文时为空串 / cleaned text, one paragraph a line; empty where texts are not published';
COMMENT ON COLUMN originals.text_sha256 IS
    '遮盖之前正文的 sha256（十六进制）/ sha256 of the text before anything was masked, hexadecimal';
COMMENT ON COLUMN originals.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN originals.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';

COMMENT ON VIEW rejections IS
    '未作为文章收录的页面 / pages that were not taken as articles';
COMMENT ON COLUMN rejections.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN rejections.url IS
    '页面网址 / URL of the page';
COMMENT ON COLUMN rejections.reason IS
    '未收录的原因 / why it is no article';
COMMENT ON COLUMN rejections.detail IS
    '原因的说明 / the reason in more words';
COMMENT ON COLUMN rejections.fetched_at IS
    '抓取时间 / when it was fetched';
COMMENT ON COLUMN rejections.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';

COMMENT ON VIEW reposts IS
    '转载与原文的对应 / each repost with the article it repeats; form letters are in templates';
COMMENT ON COLUMN reposts.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN reposts.repost_id IS
    '转载文章的标识 / article id of the repost';
COMMENT ON COLUMN reposts.repost_source IS
    '转载方来源 / source of the repost';
COMMENT ON COLUMN reposts.repost_title IS
    '转载的标题 / title of the repost';
COMMENT ON COLUMN reposts.repost_url IS
    '转载的网址 / URL of the repost';
COMMENT ON COLUMN reposts.original_id IS
    '原文的标识 / article id of the original';
COMMENT ON COLUMN reposts.original_source IS
    '原文来源 / source of the original';
COMMENT ON COLUMN reposts.original_title IS
    '原文标题 / title of the original';
COMMENT ON COLUMN reposts.original_url IS
    '原文网址 / URL of the original';
COMMENT ON COLUMN reposts.relation IS
    '与原文的关系：original 原文、exact 全同、mirror 同站同页异址、near 近似、excerpt 节选、contains 包含、template 同模板 / relation to the canonical article';
COMMENT ON COLUMN reposts.similarity IS
    '与原文的相似度，0 到 1 / similarity to the canonical article, 0 to 1';
COMMENT ON COLUMN reposts.lag_days IS
    '转载比原文晚多少天（按网页所载日期）；原文凭证据判定（见 clusters），负数表示它的日期反而较晚 / days from the original''s date of publication to the repost''s, as the pages show them; the original is found by evidence (view clusters), so a negative number says it is dated later';
COMMENT ON COLUMN reposts.fetch_lag IS
    '首次抓取时间之差 / time between the first fetches of the two';

COMMENT ON VIEW sources IS
    '各来源的总体数字 / each source in figures';
COMMENT ON COLUMN sources.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN sources.start_url IS
    '起始网址 / the URL the crawl starts from';
COMMENT ON COLUMN sources.enabled IS
    '是否启用 / whether it is crawled';
COMMENT ON COLUMN sources.delay_s IS
    '两次请求之间的间隔，秒 / delay between two requests, seconds';
COMMENT ON COLUMN sources.articles IS
    '文章数 / number of articles';
COMMENT ON COLUMN sources.originals IS
    '原文数 / number of canonical articles';
COMMENT ON COLUMN sources.reposts IS
    '转载数 / number of reposts';
COMMENT ON COLUMN sources.citations IS
    '引用数 / number of citations';
COMMENT ON COLUMN sources.bad_citations IS
    '错误引用数（按文章日期）/ citations that were wrong on the article''s date';
COMMENT ON COLUMN sources.bad_share IS
    '错误引用所占比例，0 到 1 / share of citations that are wrong, 0 to 1';
COMMENT ON COLUMN sources.rejections IS
    '未收录页面数 / number of pages rejected';
COMMENT ON COLUMN sources.gone IS
    '其中网站上已不在的文章数，本库仍保留 / of the articles, those no longer on the site; they are kept here';

COMMENT ON VIEW statutes IS
    '法律及其被引用情况 / statutes, as of today, with how they are cited';
COMMENT ON COLUMN statutes.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';
COMMENT ON COLUMN statutes.short_title IS
    '法律简称 / short title';
COMMENT ON COLUMN statutes.title IS
    '法律全称 / full title';
COMMENT ON COLUMN statutes.kind IS
    '类别 / kind';
COMMENT ON COLUMN statutes.document_number IS
    '文号 / document number';
COMMENT ON COLUMN statutes.state IS
    '今天的状态：in_force 有效、repealed 废止、not_yet_in_force 未施行、unverifiable 不详 / state today';
COMMENT ON COLUMN statutes.effective_from IS
    '最近一次修订的施行日期 / first day of the version in force today';
COMMENT ON COLUMN statutes.article_count IS
    '今天有效文本的条文总数 / number of articles (条) of the version in force today';
COMMENT ON COLUMN statutes.repealed_on IS
    '废止日期，当日起失效 / date of repeal, no longer in force from that day';
COMMENT ON COLUMN statutes.replaced_by IS
    '取代它的法律的简称 / short title of its successor';
COMMENT ON COLUMN statutes.is_confirmed IS
    '事实是否经公开文本核对 / whether the facts were confirmed by a public text';
COMMENT ON COLUMN statutes.citations IS
    '引用数 / number of citations';
COMMENT ON COLUMN statutes.articles IS
    '引用它的文章数 / number of web articles that cite it';
COMMENT ON COLUMN statutes.bad_citations IS
    '错误引用数（按文章日期）/ citations that were wrong on the article''s date';
COMMENT ON COLUMN statutes.aliases IS
    '全部别名 / its other names';

COMMENT ON VIEW statutes_today IS
    '各法律今天的效力状态 / each statute''s state today, Beijing time';
COMMENT ON COLUMN statutes_today.statute_id IS
    '法律标识，未识别为空 / statute id; NULL where the law was not resolved';
COMMENT ON COLUMN statutes_today.short_title IS
    '法律简称 / short title';
COMMENT ON COLUMN statutes_today.title IS
    '法律全称 / full title';
COMMENT ON COLUMN statutes_today.kind IS
    '类别 / kind';
COMMENT ON COLUMN statutes_today.document_number IS
    '文号 / document number';
COMMENT ON COLUMN statutes_today.state IS
    '今天的状态：in_force 有效、repealed 废止、not_yet_in_force 未施行、unverifiable 不详 / state today';
COMMENT ON COLUMN statutes_today.effective_from IS
    '最近一次修订的施行日期 / first day of the version in force today';
COMMENT ON COLUMN statutes_today.article_count IS
    '今天有效文本的条文总数 / number of articles (条) of the version in force today';
COMMENT ON COLUMN statutes_today.repealed_on IS
    '废止日期，当日起失效 / date of repeal, no longer in force from that day';
COMMENT ON COLUMN statutes_today.replaced_by IS
    '取代它的法律的简称 / short title of its successor';
COMMENT ON COLUMN statutes_today.is_confirmed IS
    '事实是否经公开文本核对 / whether the facts were confirmed by a public text';

COMMENT ON VIEW statute_states IS
    '各法律效力状态的时段，每段一行，含目前所知的将来 / each statute''s states, a row a period, future ones that are known included';
COMMENT ON COLUMN statute_states.statute_id IS
    '法律标识 / statute id';
COMMENT ON COLUMN statute_states.since IS
    '该状态的第一天 / first day of this state';
COMMENT ON COLUMN statute_states.until IS
    '该状态结束之日（不含）；无则空 / day on which it ends, exclusive; null: no end is known';
COMMENT ON COLUMN statute_states.short_title IS
    '法律简称 / short title';
COMMENT ON COLUMN statute_states.title IS
    '法律全称 / full title';
COMMENT ON COLUMN statute_states.kind IS
    '类别 / kind';
COMMENT ON COLUMN statute_states.document_number IS
    '文号 / document number';
COMMENT ON COLUMN statute_states.state IS
    '状态：in_force 有效、repealed 废止、not_yet_in_force 未施行、unverifiable 不详 / state';
COMMENT ON COLUMN statute_states.effective_from IS
    '当时有效文本的施行日期 / first day of the version in force then';
COMMENT ON COLUMN statute_states.article_count IS
    '当时有效文本的条文总数 / number of articles (条) of the version in force then';
COMMENT ON COLUMN statute_states.repealed_on IS
    '废止日期，当日起失效 / date of repeal, no longer in force from that day';
COMMENT ON COLUMN statute_states.replaced_by IS
    '取代它的法律的简称 / short title of its successor';
COMMENT ON COLUMN statute_states.is_confirmed IS
    '事实是否经公开文本核对 / whether the facts were confirmed by a public text';

COMMENT ON VIEW verdict_periods IS
    '每处引用在各时段的判定，每段一行（不计人工更正）/ the verdict on each citation over time, a row a period; corrections by analysts apart';
COMMENT ON COLUMN verdict_periods.citation_id IS
    '引用标识 / citation id';
COMMENT ON COLUMN verdict_periods.since IS
    '该判定的第一天 / first day of this verdict';
COMMENT ON COLUMN verdict_periods.until IS
    '该判定结束之日（不含）；无则空 / day on which it ends, exclusive; null: no end is known';
COMMENT ON COLUMN verdict_periods.verdict IS
    '按该时段的法律所作的判定 / the verdict by the law of that period';

COMMENT ON VIEW templates IS
    '同一模板、不同公司名称的文书 / letters of one template with other names filled in';
COMMENT ON COLUMN templates.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN templates.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN templates.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN templates.title IS
    '标题 / title';
COMMENT ON COLUMN templates.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN templates.other_id IS
    '同模板文章的标识 / article id of the other letter';
COMMENT ON COLUMN templates.other_source IS
    '同模板文章的来源 / source of the other letter';
COMMENT ON COLUMN templates.other_title IS
    '同模板文章的标题 / title of the other letter';
COMMENT ON COLUMN templates.other_url IS
    '同模板文章的网址 / URL of the other letter';
COMMENT ON COLUMN templates.similarity IS
    '与原文的相似度，0 到 1 / similarity to the canonical article, 0 to 1';
COMMENT ON COLUMN templates.substitution IS
    '模板中被替换的名称 / the words one template has in place of the other''s';

COMMENT ON VIEW versions IS
    '全部文章版本及字数变化 / all versions of all articles, with the change in length';
COMMENT ON COLUMN versions.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN versions.version_no IS
    '版本序号，从 1 起 / version number, from 1';
COMMENT ON COLUMN versions.valid_from IS
    '该版本开始有效（首次抓到）的时间 / when this version was first fetched';
COMMENT ON COLUMN versions.valid_to IS
    '该版本被取代的时间，当前版本为空 / when the next version was fetched; NULL: current';
COMMENT ON COLUMN versions.is_current IS
    '是否当前版本 / whether it is the current version';
COMMENT ON COLUMN versions.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN versions.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN versions.title IS
    '标题 / title';
COMMENT ON COLUMN versions.published_on IS
    '网页所载发布日期（北京时间），未经核实；有更正的按更正 / date of publication the page shows, Beijing time, not verified; or as corrected';
COMMENT ON COLUMN versions.char_count IS
    '正文字数（Unicode 码位）/ length of the text in Unicode code points';
COMMENT ON COLUMN versions.char_change IS
    '与上一版本相比的字数增减 / change in length against the version before, code points';
COMMENT ON COLUMN versions.text_sha256 IS
    '遮盖之前正文的 sha256（十六进制）/ sha256 of the text before anything was masked, hexadecimal';
COMMENT ON COLUMN versions.text IS
    '清洗后的正文，每段一行；不公布正文时为空串 / cleaned text, one paragraph a line; empty where texts are not published';
COMMENT ON COLUMN versions.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN versions.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';

COMMENT ON TABLE ops.fetch IS
    '每一次抓取 / every fetch';
COMMENT ON COLUMN ops.fetch.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';
COMMENT ON COLUMN ops.fetch.run_id IS
    '运行编号 / number of the run';
COMMENT ON COLUMN ops.fetch.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN ops.fetch.url IS
    '请求的规范网址 / the canonical URL requested';
COMMENT ON COLUMN ops.fetch.fetched_at IS
    '抓取时间 / when it was fetched';
COMMENT ON COLUMN ops.fetch.status IS
    'HTTP 状态码，无应答为空 / HTTP status; NULL: no answer';
COMMENT ON COLUMN ops.fetch.kind IS
    '页面类别：文章、列表、拦截页等 / kind of page, judged from the response';
COMMENT ON COLUMN ops.fetch.error IS
    '错误 / what went wrong, or NULL';
COMMENT ON COLUMN ops.fetch.bytes IS
    '正文字节数（解压后）/ size of the body, bytes, content coding undone';
COMMENT ON COLUMN ops.fetch.archive_file IS
    '存档 WARC 文件名，在 data/archive/ 下 / WARC file in data/archive/';
COMMENT ON COLUMN ops.fetch.archive_offset IS
    '记录在文件中的位置，字节 / offset of the record in the file, bytes';
COMMENT ON COLUMN ops.fetch.archive_length IS
    '记录的长度（压缩后），字节 / length of the record as compressed, bytes';
COMMENT ON COLUMN ops.fetch.payload_digest IS
    '页面正文的摘要 sha256:… / digest of the body, sha256: and 64 hex digits';
COMMENT ON COLUMN ops.fetch.robots_at IS
    '所依据的 robots.txt 的抓取时间；空：未查（导入的、旧版本抓的、robots.txt 取不到的）/ when the robots.txt that the request was held to was fetched; NULL: none was asked (imported, by an older version, or it could not be had)';
COMMENT ON COLUMN ops.fetch.robots_rule IS
    '其中起决定作用的规则，如 disallow: /a；空：没有适用的规则，即允许 / the rule of it that decided, such as disallow: /a; NULL: none fits, so allowed';

COMMENT ON TABLE ops.meta IS
    '本文件的版本信息 / what this file knows of itself';
COMMENT ON COLUMN ops.meta.key IS
    '名称 / name of the value';
COMMENT ON COLUMN ops.meta.value IS
    '值 / value';

COMMENT ON TABLE ops.page IS
    '每个抓到的页面处理成了什么 / what each fetched page turned out to be';
COMMENT ON COLUMN ops.page.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';
COMMENT ON COLUMN ops.page.outcome IS
    '处理结果：文章或未收录等 / what the page turned out to be';
COMMENT ON COLUMN ops.page.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN ops.page.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN ops.page.skeleton IS
    '正文外围各层框架的名称（类名、id），即模板指纹 / names of the boxes around most of the text, outermost first: the template''s fingerprint';

COMMENT ON TABLE ops.finding IS
    '每次运行中某来源与其自身历史不符之处 / what was unlike a source''s own history, run by run';
COMMENT ON COLUMN ops.finding.run_id IS
    '运行编号 / number of the run';
COMMENT ON COLUMN ops.finding.source IS
    '来源名 / name of the source in fatiao.toml';
COMMENT ON COLUMN ops.finding.measure IS
    '指标，如 lost 无正文、undated 无日期、moved 迁走、refused 被拒、silence 停更 / what was measured';
COMMENT ON COLUMN ops.finding.state IS
    '由此判断的状态；ok 表示仅供参考 / state that it puts the source in; ok: worth knowing, no trouble';
COMMENT ON COLUMN ops.finding.words IS
    '英文说明 / what is the matter, in English';
COMMENT ON COLUMN ops.finding.words_zh IS
    '中文说明 / what is the matter, in Chinese';
COMMENT ON COLUMN ops.finding.bad IS
    '近期异常数 / bad ones among the newest observations';
COMMENT ON COLUMN ops.finding.total IS
    '近期观察数 / newest observations: of the run or, where they are few, some before it too';
COMMENT ON COLUMN ops.finding.usual_bad IS
    '以往异常数；silence 为以往有更新的天数 / bad ones among the earlier observations; of silence: days with news';
COMMENT ON COLUMN ops.finding.usual_total IS
    '以往观察数；silence 为以往天数 / earlier observations; of silence: days';
COMMENT ON COLUMN ops.finding.p_value IS
    '若无变化而偶然出现的概率 / chance of it had nothing changed (beta-binomial; of silence: Poisson)';
COMMENT ON COLUMN ops.finding.examples IS
    '至多三个网址 / up to three URLs';

COMMENT ON TABLE ops.reading IS
    '每个文章页读出的内容概况，含未采用的 / what was read in each article page, withheld ones too';
COMMENT ON COLUMN ops.reading.fetch_id IS
    '抓取记录的标识 / id of the fetch it was read from';
COMMENT ON COLUMN ops.reading.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN ops.reading.title IS
    '标题 / title';
COMMENT ON COLUMN ops.reading.text_sha256 IS
    '正文的 sha256 / sha256 of the text, hexadecimal';
COMMENT ON COLUMN ops.reading.char_count IS
    '正文字数 / length of the text in characters';
COMMENT ON COLUMN ops.reading.is_dated IS
    '是否读出日期 / whether the page told a date';
COMMENT ON COLUMN ops.reading.is_damaged IS
    '正文是否有无法解码的字符 / whether the text has characters that could not be decoded';
COMMENT ON COLUMN ops.reading.citations IS
    '引用数 / number of citations in the text';
COMMENT ON COLUMN ops.reading.charset IS
    '采用的字符编码 / character encoding it was read in';
COMMENT ON COLUMN ops.reading.extractor IS
    '提取方式：template:来源@版本，或不用模板时所用程序及原因 / what read it: template:SOURCE@VERSION, or what did without one and why';

COMMENT ON TABLE ops.run IS
    '每一次运行 / every run of the crawler';
COMMENT ON COLUMN ops.run.run_id IS
    '运行编号 / number of the run';
COMMENT ON COLUMN ops.run.started_at IS
    '开始时间 / start';
COMMENT ON COLUMN ops.run.finished_at IS
    '结束时间 / end; NULL where it was killed or still runs';
COMMENT ON COLUMN ops.run.outcome IS
    '如何结束：finished 完成、nothing_due 无事可做、budget 时间用完、memory 内存超限、interrupted 中断、killed 被杀、import 导入 / how the run ended';
COMMENT ON COLUMN ops.run.requests IS
    '请求数 / number of requests';
COMMENT ON COLUMN ops.run.errors IS
    '出错数 / number of errors';

COMMENT ON TABLE ops.source_run IS
    '每次运行中每个来源的情况 / what every run did for each source, and how the source was judged';
COMMENT ON COLUMN ops.source_run.run_id IS
    '运行编号 / number of the run';
COMMENT ON COLUMN ops.source_run.source IS
    '来源名 / name of the source in fatiao.toml';
COMMENT ON COLUMN ops.source_run.requests IS
    '请求数，含 robots.txt / number of requests, robots.txt included';
COMMENT ON COLUMN ops.source_run.ok IS
    '得到页面的请求数 / number of requests that brought a page';
COMMENT ON COLUMN ops.source_run.not_modified IS
    '答复“未修改”的请求数 / number of requests answered "not modified"';
COMMENT ON COLUMN ops.source_run.errors IS
    '失败的请求数 / number of requests that failed';
COMMENT ON COLUMN ops.source_run.articles_seen IS
    '抓到的文章页数 / number of article pages fetched';
COMMENT ON COLUMN ops.source_run.state IS
    '判断：ok 正常、degraded 欠佳、broken 损坏、blocked 被拒、unreachable 连不上；空表示运行中途被杀 / the judgement; NULL where the run was killed first';
COMMENT ON COLUMN ops.source_run.reason IS
    '判断的理由 / the reason of the judgement, a clause';

COMMENT ON MACRO TABLE cites IS
    '引用某法（或其某条）的所有引用，法律可用任一名称：FROM cites(''民法典'', art := 675) / citations of a law, by any of its names, or of one article (条) of it; from DuckDB 1.4 on also cites(''民法典'', 675)';
COMMENT ON MACRO TABLE provenance IS
    '一处引用的来历，直到存档字节：FROM provenance(''引用标识'') / one citation''s way back to its bytes in the archive';
COMMENT ON MACRO provision IS
    '写出条款：provision(''民法典'', 675) 得《民法典》第675条 / spell a provision';
COMMENT ON MACRO search_words IS
    'search 所见的词语，小写：SELECT search_words(''借款，逾期'') / the words as search takes them, in small letters';
COMMENT ON MACRO has_word IS
    '文字中是否有 words 里的第 n 个词语，不分大小写 / whether the text has the n-th of the words, whatever the case of its letters';
COMMENT ON MACRO TABLE search IS
    '标题或正文含所有词语的原创文章，标题命中者在前，词语以空格或逗号分开，至多 6 个，至多 most 篇：FROM search(''借款 逾期'', most := 20) / originals whose title or text has all the words, hits in the title first; words stand apart by spaces or commas, at most 6; at most so many originals';
COMMENT ON MACRO TABLE as_of IS
    '某日（北京时间）结束时各文章的版本：FROM as_of(''2026-01-31'') / each article''s text as it stood at the end of that day in Beijing, from the day it was first fetched';
