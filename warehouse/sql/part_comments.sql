-- What the columns mean that tell of an article's parts, pages and origin.
COMMENT ON COLUMN core.article_version.published_place IS
    '发布日期取自网页何处 / where on the page the date was read';
COMMENT ON COLUMN core.article_version.publisher IS
    '发布网站的名称，网页所载 / whose site it is, as the page names it';
COMMENT ON COLUMN core.article_version.tags IS
    '标签，网页所载 / tags, as the page names them';
COMMENT ON COLUMN core.article_version.origin IS
    '网页注明的来源（来源、转载自）/ where the page says that it is taken from';
COMMENT ON COLUMN core.article_version.origin_url IS
    '所注明来源的网址 / URL given with that source';
COMMENT ON COLUMN core.article_version.incomplete IS
    '缺少哪些分页及原因，完整则为空 / which of its pages are missing, and why; NULL: it is whole';
COMMENT ON COLUMN articles.published_place IS
    '发布日期取自网页何处 / where on the page the date was read';
COMMENT ON COLUMN articles.publisher IS
    '发布网站的名称，网页所载 / whose site it is, as the page names it';
COMMENT ON COLUMN articles.tags IS
    '标签，网页所载 / tags, as the page names them';
COMMENT ON COLUMN articles.origin IS
    '网页注明的来源（来源、转载自）/ where the page says that it is taken from';
COMMENT ON COLUMN articles.origin_url IS
    '所注明来源的网址 / URL given with that source';
COMMENT ON COLUMN articles.incomplete IS
    '缺少哪些分页及原因，完整则为空 / which of its pages are missing, and why; NULL: it is whole';
COMMENT ON COLUMN originals.published_place IS
    '发布日期取自网页何处 / where on the page the date was read';
COMMENT ON COLUMN originals.publisher IS
    '发布网站的名称，网页所载 / whose site it is, as the page names it';
COMMENT ON COLUMN originals.tags IS
    '标签，网页所载 / tags, as the page names them';
COMMENT ON COLUMN originals.origin IS
    '网页注明的来源（来源、转载自）/ where the page says that it is taken from';
COMMENT ON COLUMN originals.origin_url IS
    '所注明来源的网址 / URL given with that source';
COMMENT ON COLUMN originals.incomplete IS
    '缺少哪些分页及原因，完整则为空 / which of its pages are missing, and why; NULL: it is whole';
COMMENT ON COLUMN originals.pages IS
    '由几个分页合成，未分页为 1 / number of pages it was joined from; 1: it is not split';
COMMENT ON COLUMN articles.pages IS
    '由几个分页合成，未分页为 1 / number of pages it was joined from; 1: it is not split';
COMMENT ON COLUMN originals.answers IS
    '问答或论坛帖中的回答数 / number of answers in it, of a question or thread';
COMMENT ON COLUMN articles.answers IS
    '问答或论坛帖中的回答数 / number of answers in it, of a question or thread';
COMMENT ON COLUMN citations.part_no IS
    '引用所在的帖子（问题或回答）的序号，非问答为空 / the post it stands in, of a thread; NULL: no thread';
COMMENT ON COLUMN citations.part_kind IS
    '引用所在的是 question 问题还是 answer 回答 / whether it stands in the question or in an answer';
COMMENT ON COLUMN citations.part_author IS
    '引用所在的帖子的作者 / who wrote the post it stands in';
COMMENT ON TABLE core.version_page IS
    '由多个分页合成的版本：各分页及其在正文中的位置 / the pages of versions that were joined from several, and where each stands in the text';
COMMENT ON VIEW version_pages IS
    '每个版本由哪些网页读出（1 至 n 页）及其在正文中的位置 / each page that a version was read from, 1 to n, and where it stands in the text';
COMMENT ON COLUMN core.version_page.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN core.version_page.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN core.version_page.page_no IS
    '分页序号，从 1 起 / number of the page, from 1';
COMMENT ON COLUMN core.version_page.fetch_id IS
    '该分页的抓取记录 / id of the fetch it was read from';
COMMENT ON COLUMN core.version_page.url IS
    '该分页的网址 / URL of the page';
COMMENT ON COLUMN core.version_page.start_char IS
    '该分页在正文中的起点（从 0 起的码位）/ where its words begin in the text, in code points from 0';
COMMENT ON COLUMN core.version_page.end_char IS
    '终点（不含）/ where they end, exclusive';
COMMENT ON COLUMN version_pages.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN version_pages.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN version_pages.page_no IS
    '分页序号，从 1 起 / number of the page, from 1';
COMMENT ON COLUMN version_pages.fetch_id IS
    '该分页的抓取记录 / id of the fetch it was read from';
COMMENT ON COLUMN version_pages.url IS
    '该分页的网址 / URL of the page';
COMMENT ON COLUMN version_pages.start_char IS
    '该分页在正文中的起点（从 0 起的码位）/ where its words begin in the text, in code points from 0';
COMMENT ON COLUMN version_pages.end_char IS
    '终点（不含）/ where they end, exclusive';
COMMENT ON COLUMN version_pages.run_id IS
    '运行编号 / number of the run';
COMMENT ON COLUMN version_pages.fetched_at IS
    '抓取时间 / when it was fetched';
COMMENT ON COLUMN version_pages.archive_file IS
    '存档 WARC 文件名，在 data/archive/ 下 / WARC file in data/archive/';
COMMENT ON COLUMN version_pages.archive_offset IS
    '记录在文件中的位置，字节 / offset of the record in the file, bytes';
COMMENT ON COLUMN version_pages.archive_length IS
    '记录的长度（压缩后），字节 / length of the record as compressed, bytes';
COMMENT ON COLUMN version_pages.payload_digest IS
    '页面正文的摘要 sha256:… / digest of the body, sha256: and 64 hex digits';
COMMENT ON COLUMN version_pages.charset_chosen IS
    '实际采用的编码 / charset it was decoded with';
COMMENT ON COLUMN version_pages.extract_version IS
    '提取程序的版本号 / version number of the extraction stage';
COMMENT ON COLUMN version_pages.extractor IS
    '提取方式：template:来源@版本，或不用模板时所用程序及原因 / what read it: template:SOURCE@VERSION, or what did without one and why';
COMMENT ON COLUMN version_pages.template IS
    '所用模板：来源@版本；不用模板则空 / the template that read it, SOURCE@VERSION; null where none did';
COMMENT ON TABLE core.part IS
    '问答页与论坛帖中的各个帖子 / the posts of questions and threads';
COMMENT ON COLUMN core.part.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN core.part.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN core.part.part_no IS
    '帖子序号，从 1 起 / number of the post, from 1';
COMMENT ON COLUMN core.part.kind IS
    'question 问题（首帖）或 answer 回答 / question (the first post) or answer';
COMMENT ON COLUMN core.part.start_char IS
    '在正文中的起点（从 0 起的码位）/ where it begins in the text, in code points from 0';
COMMENT ON COLUMN core.part.end_char IS
    '终点（不含）/ where it ends, exclusive';
COMMENT ON COLUMN core.part.author IS
    '作者，网页所载 / who wrote it, as the page names them';
COMMENT ON COLUMN core.part.published_at IS
    '所载时刻（精确到时分时才有）/ time it was written, where the page shows a time of day';
COMMENT ON COLUMN core.part.published_on IS
    '所载日期（北京时间），未经核实 / date it was written, Beijing time, not verified';
COMMENT ON COLUMN core.part.published_precision IS
    '日期的精度：second 至 year / precision of the date: second, minute, hour, day, week, month, year';
COMMENT ON COLUMN core.part.published_evidence IS
    '页面上写明日期的原文 / the page''s very characters that say the date';
COMMENT ON COLUMN core.part.is_accepted IS
    '是否被采纳为最佳回答 / whether it is marked as the best answer';
COMMENT ON VIEW posts IS
    '问答页与论坛帖中每个人写的话（当前版本）/ what each person wrote in questions and threads, as they are now';
COMMENT ON COLUMN posts.version_id IS
    '版本标识 / version id';
COMMENT ON COLUMN posts.article_id IS
    '文章标识：规范网址 sha256 的前 16 位十六进制 / article id: 16 hex digits of the sha256 of the canonical URL';
COMMENT ON COLUMN posts.part_no IS
    '帖子序号，从 1 起 / number of the post, from 1';
COMMENT ON COLUMN posts.kind IS
    'question 问题（首帖）或 answer 回答 / question (the first post) or answer';
COMMENT ON COLUMN posts.start_char IS
    '在正文中的起点（从 0 起的码位）/ where it begins in the text, in code points from 0';
COMMENT ON COLUMN posts.end_char IS
    '终点（不含）/ where it ends, exclusive';
COMMENT ON COLUMN posts.author IS
    '作者，网页所载 / who wrote it, as the page names them';
COMMENT ON COLUMN posts.published_at IS
    '所载时刻（精确到时分时才有）/ time it was written, where the page shows a time of day';
COMMENT ON COLUMN posts.published_on IS
    '所载日期（北京时间），未经核实 / date it was written, Beijing time, not verified';
COMMENT ON COLUMN posts.published_precision IS
    '日期的精度：second 至 year / precision of the date: second, minute, hour, day, week, month, year';
COMMENT ON COLUMN posts.published_evidence IS
    '页面上写明日期的原文 / the page''s very characters that say the date';
COMMENT ON COLUMN posts.is_accepted IS
    '是否被采纳为最佳回答 / whether it is marked as the best answer';
COMMENT ON COLUMN posts.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN posts.title IS
    '所在文章的标题 / title of the article it stands in';
COMMENT ON COLUMN posts.text IS
    '该帖的正文 / its text';
COMMENT ON COLUMN posts.url IS
    '文章的规范网址 / the article''s canonical URL';
