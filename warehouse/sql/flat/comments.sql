-- What is only in published files.

COMMENT ON COLUMN core.citation.is_current IS
    '是否属于文章的现行版本；是则为真，否则空 / true where the text is the article''s current one, else null';
COMMENT ON COLUMN core.citation.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN core.citation.title IS
    '标题 / title';
COMMENT ON COLUMN core.citation.published_on IS
    '网页所载发布日期（北京时间），未经核实 / date of publication the page shows, Beijing time, not verified';
COMMENT ON COLUMN core.citation.is_canonical IS
    '是否为所在转载组的原文 / whether it is its cluster''s canonical article';
COMMENT ON COLUMN core.citation.law IS
    '法律简称；未收录的按原文名称 / short title of the law, or the title as written where it is not registered';
COMMENT ON COLUMN core.citation.provision IS
    '引用的条款，如《民法典》第675条 / the provision cited, as 《民法典》第675条';
COMMENT ON COLUMN core.citation.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN core.citation.then_from IS
    '当日有效版本的施行日期 / when the version in force on as_of took effect';
COMMENT ON COLUMN core.citation.then_articles IS
    '该版本的条数；未知则空 / how many articles that version has; null where unknown';
COMMENT ON COLUMN core.citation.part_no IS
    '引用所在的帖子（问题或回答）的序号，非问答为空 / the post it stands in, of a thread; NULL: no thread';
COMMENT ON COLUMN core.citation.part_kind IS
    '引用所在的是 question 问题还是 answer 回答 / whether it stands in the question or in an answer';
COMMENT ON COLUMN core.citation.part_author IS
    '引用所在的帖子的作者 / who wrote the post it stands in';
COMMENT ON COLUMN core.citation.ruled IS
    '人工更正的判定；无则空 / an analyst''s verdict; null where there is none';
COMMENT ON COLUMN core.citation.ruled_note IS
    '该更正的说明 / the note to it';
COMMENT ON COLUMN core.citation.dated_note IS
    '更正文章日期的说明；无则空 / the note to a correction of the article''s date; null where there is none';
COMMENT ON COLUMN core.citation.given IS
    '判定；经人工更正的以更正为准 / the verdict; an analyst''s where there is one';
COMMENT ON COLUMN core.citation.is_bad IS
    '按文章日期是否引用有误 / whether it was wrong on the article''s date';
COMMENT ON COLUMN core.citation.today_1 IS
    '从发布之日起到 turn_1 前一天的判定 / the verdict from the day of publication until the day before turn_1';
COMMENT ON COLUMN core.citation.turn_1 IS
    '判定下一次变化的日期；目前所知不再变化为空 / next day on which the verdict changes; null: none is known';
COMMENT ON COLUMN core.citation.today_2 IS
    'turn_1 起的判定 / the verdict from turn_1 on';
COMMENT ON COLUMN core.citation.turn_2 IS
    '判定再下一次变化的日期 / the day after that on which it changes';
COMMENT ON COLUMN core.citation.today_3 IS
    'turn_2 起的判定 / the verdict from turn_2 on';
COMMENT ON COLUMN core.article_version.is_current IS
    '是否属于文章的现行版本；是则为真，否则空 / true where the text is the article''s current one, else null';
COMMENT ON COLUMN core.article_version.source IS
    '来源名称 / name of the source';
COMMENT ON COLUMN core.article_version.url IS
    '文章的规范网址 / the article''s canonical URL';
COMMENT ON COLUMN core.article_version.corrected_on IS
    '人工更正的发布日期；无则空 / an analyst''s date of publication; null where there is none';
COMMENT ON COLUMN core.article_version.char_change IS
    '与上一版本相比的字数变化；首版为空 / change in length since the version before; null for the first';
COMMENT ON COLUMN core.article_version.pages IS
    '由几个分页合成，未分页为 1 / number of pages it was joined from; 1: it is not split';
COMMENT ON COLUMN core.article_version.answers IS
    '问答或论坛帖中的回答数 / number of answers in it, of a question or thread';
COMMENT ON COLUMN core.article_version.first_fetched_at IS
    '首次抓取时间（北京时间显示）/ when it was first fetched';
COMMENT ON COLUMN core.article_version.last_fetched_at IS
    '最近一次抓取时间 / when it was last fetched';
COMMENT ON COLUMN core.article_version.gone_at IS
    '发现网页已删除（404、410 或转往首页）的时间，仍在线为空 / when the page was found gone (404, 410, or leading to the home page); NULL while live';
COMMENT ON COLUMN core.article_version.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN core.article_version.canonical_id IS
    '原文的文章标识 / article id of the cluster''s canonical article';
COMMENT ON COLUMN core.article_version.relation IS
    '与原文的关系：original 原文、exact 全同、mirror 同站同页异址、near 近似、excerpt 节选、contains 包含、template 同模板 / relation to the canonical article';
COMMENT ON COLUMN core.article_version.similarity IS
    '与原文的相似度，0 到 1 / similarity to the canonical article, 0 to 1';
COMMENT ON COLUMN core.article_version.repost_count IS
    '被转载篇数 / number of articles that repost it';
COMMENT ON COLUMN core.article_version.overridden IS
    '更正（日期、并非转载）的理由，未更正为空 / the analyst''s reason for a corrected date or group; NULL where nothing was corrected';
COMMENT ON TABLE core.repost IS
    '转载一览，视图 reposts 所读 / the reposts, as the view reposts shows them';
COMMENT ON COLUMN core.repost.cluster_id IS
    '转载组标识：组内最先抓到的文章 / cluster id: its member fetched first';
COMMENT ON COLUMN core.repost.repost_id IS
    '转载文章的标识 / article id of the repost';
COMMENT ON COLUMN core.repost.repost_source IS
    '转载方来源 / source of the repost';
COMMENT ON COLUMN core.repost.repost_title IS
    '转载的标题 / title of the repost';
COMMENT ON COLUMN core.repost.repost_url IS
    '转载的网址 / URL of the repost';
COMMENT ON COLUMN core.repost.original_id IS
    '原文的标识 / article id of the original';
COMMENT ON COLUMN core.repost.original_source IS
    '原文来源 / source of the original';
COMMENT ON COLUMN core.repost.original_title IS
    '原文标题 / title of the original';
COMMENT ON COLUMN core.repost.original_url IS
    '原文网址 / URL of the original';
COMMENT ON COLUMN core.repost.relation IS
    '与原文的关系：original 原文、exact 全同、mirror 同站同页异址、near 近似、excerpt 节选、contains 包含、template 同模板 / relation to the canonical article';
COMMENT ON COLUMN core.repost.similarity IS
    '与原文的相似度，0 到 1 / similarity to the canonical article, 0 to 1';
COMMENT ON COLUMN core.repost.lag_days IS
    '转载比原文晚多少天（按网页所载日期）；原文凭证据判定（见 clusters），负数表示它的日期反而较晚 / days from the original''s date of publication to the repost''s, as the pages show them; the original is found by evidence (view clusters), so a negative number says it is dated later';
COMMENT ON COLUMN core.repost.fetch_lag IS
    '首次抓取时间之差 / time between the first fetches of the two';
COMMENT ON TABLE core.statute_state IS
    '各法律效力状态的时段，视图 statute_states 所读 / periods of the statutes'' states, as the view statute_states shows them';
COMMENT ON COLUMN core.statute_state.statute_id IS
    '法律标识 / statute id';
COMMENT ON COLUMN core.statute_state.since IS
    '该状态的第一天 / first day of this state';
COMMENT ON COLUMN core.statute_state.until IS
    '该状态结束之日（不含）；无则空 / day on which it ends, exclusive; null: no end is known';
COMMENT ON COLUMN core.statute_state.short_title IS
    '法律简称 / short title';
COMMENT ON COLUMN core.statute_state.title IS
    '法律全称 / full title';
COMMENT ON COLUMN core.statute_state.kind IS
    '类别 / kind';
COMMENT ON COLUMN core.statute_state.document_number IS
    '文号 / document number';
COMMENT ON COLUMN core.statute_state.state IS
    '状态：in_force 有效、repealed 废止、not_yet_in_force 未施行、unverifiable 不详 / state';
COMMENT ON COLUMN core.statute_state.effective_from IS
    '当时有效文本的施行日期 / first day of the version in force then';
COMMENT ON COLUMN core.statute_state.article_count IS
    '当时有效文本的条文总数 / number of articles (条) of the version in force then';
COMMENT ON COLUMN core.statute_state.repealed_on IS
    '废止日期，当日起失效 / date of repeal, no longer in force from that day';
COMMENT ON COLUMN core.statute_state.replaced_by IS
    '取代它的法律的简称 / short title of its successor';
COMMENT ON COLUMN core.statute_state.is_confirmed IS
    '事实是否经公开文本核对 / whether the facts were confirmed by a public text';
