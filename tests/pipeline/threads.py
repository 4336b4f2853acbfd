# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""Question-and-answer pages in the ways of the systems that make them, in our own words."""

TITLE = "合租的室友不交水电费怎么办"
ASKED = "我和室友合租，合同是我签的，他已经三个月没有交水电费，前后欠我一千二百元，我该怎么要回来？"
ONE = "先把缴费记录和聊天记录整理好，向他发书面催告，约定一个还款日期，过期不还再去起诉，标的小可以走小额诉讼程序。"
TWO = "根据《民法典》第五百七十七条，不履行合同义务的，应当承担继续履行、采取补救措施或者赔偿损失等违约责任。"
THREE = "可以先找居委会调解，不收费。"

DISCUZ = f"""<html><head><title>{TITLE} - 租房维权 - 南湖论坛 -  Powered by Discuz!</title></head><body>
<div id="pt"><a href="/">首页</a><em>›</em><a href="/forum-5-1.html">租房维权</a><em>›</em><a href="/thread-9-1-1.html">{TITLE}</a></div>
<div class="pgt"><div class="pg"><strong>1</strong><a href="thread-9-2-1.html">2</a><a href="thread-9-2-1.html" class="nxt">下一页</a></div></div>
<table><tr><td><h1 class="ts"><span id="thread_subject">{TITLE}</span></h1></td></tr></table>
<div id="post_101"><table id="pid101"><tr><td class="pls"><div class="authi"><a href="/u-3.html" class="xw1">湖边人</a></div><p>帖子 32</p><p>积分 120</p></td>
<td class="plc"><div class="pi"><strong><a href="#">楼主</a></strong><div class="authi"><em id="authorposton101">发表于 2025-03-04 21:05:06</em> <a href="#">只看该作者</a></div></div>
<div class="pct"><table><tr><td class="t_f" id="postmessage_101"><i class="pstatus"> 本帖最后由 湖边人 于 2025-3-5 08:00 编辑 </i><br>{ASKED}<br>求各位支招。</td></tr></table></div>
<div class="sign">一切随缘，生活总会越来越好的，大家一起加油。</div><div class="po"><a href="#">回复</a> <a href="#">举报</a></div></td></tr></table></div>
<div id="post_102"><table id="pid102"><tr><td class="pls"><div class="authi"><a href="/u-4.html" class="xw1">老周说法</a></div></td>
<td class="plc"><div class="authi"><em id="authorposton102">发表于 2025-03-04 22:00:00</em></div>
<table><tr><td class="t_f" id="postmessage_102">回复 湖边人 的帖子<br>{ONE}</td></tr></table><div class="sign">本人律师，电话请私信联系。</div></td></tr></table></div>
<div id="post_103"><table id="pid103"><tr><td class="pls"><div class="authi"><a href="/u-5.html" class="xw1">青石板</a></div></td>
<td class="plc"><div class="authi"><em id="authorposton103">发表于 2025-03-05 09:10:11</em></div>
<table><tr><td class="t_f" id="postmessage_103">{TWO}</td></tr></table></td></tr></table></div>
<div id="f_pst"><form><textarea></textarea></form></div><div class="footer">GMT+8, 2026-3-5 10:00 , Processed in 0.05 second(s)</div></body></html>"""

DEDE_ASK = f"""<html><head><title>{TITLE}_法律问答_南湖法律网</title></head><body>
<div class="place">当前位置：<a href="/">主页</a> > <a href="/ask/">法律问答</a> > 详情</div>
<div class="question"><h1>{TITLE}</h1><div class="info">提问者：湖边人 | 提问时间：2025-03-04 21:05 | 浏览：88次</div><div class="content">{ASKED}</div></div>
<div class="best_answer"><h3>最佳答案</h3><div class="con"><p>{ONE}</p></div><div class="info">回答者：老周 | 2025-03-04 22:00 <a href="#">赞同(3)</a></div></div>
<div class="other"><h3>其他回答(1)</h3><ul><li class="answer_item"><div class="con">{TWO}</div><div class="info">回答者：青石板 2025-03-05 09:10</div><a>举报</a></li></ul></div>
<div class="side"><h3>相关问题</h3><ul><li><a href="/ask/2.html">房东提前收房要赔多少钱</a></li><li><a href="/ask/3.html">押金不退可以报警吗</a></li></ul></div></body></html>"""

PORTAL = f"""<html><head><title>{TITLE}-南湖法律咨询</title></head><body><div class="crumb"><a href="/">首页</a>&gt;<a href="/hetong/">合同纠纷</a>&gt;咨询详情</div>
<div class="q-detail"><h1 class="q-title">{TITLE}</h1><div class="q-info"><span>广东-深圳</span><span>2025-03-04 21:05</span><span>2人回复</span></div><p class="q-con">问题描述：{ASKED}</p></div>
<div class="reply-list"><h2>律师解答</h2>
<div class="answer-item"><div class="lawyer-info"><a class="name" href="/l/1">陈明远律师</a><span>执业认证</span><span>帮助过 3210 人</span><a class="btn">立即咨询</a></div><div class="answer-con">{ONE}</div><div class="bar"><span>2025-03-04 22:00</span><a>有用(2)</a><a>追问</a></div></div>
<div class="answer-item"><div class="lawyer-info"><a class="name" href="/l/2">李小满律师</a><span>好评率：98%</span><a class="btn">立即咨询</a></div><div class="answer-con"><p>{TWO}</p><p>{THREE}</p></div><div class="bar"><span>2025-03-05 09:10</span><a>有用(0)</a><a>追问</a></div></div></div>
<div class="rel"><h3>相关咨询</h3><ul><li><a href="/ask/2.html">房东提前收房要赔多少钱</a></li></ul></div>
<div class="ft">南湖法律网 版权所有 粤ICP备00000000号</div></body></html>"""

QA_PAGE = f"""<html><head><title>{TITLE} | 南湖</title><script type="application/ld+json">
{{"@context":"https://schema.org","@type":"QAPage","mainEntity":{{"@type":"Question","name":"{TITLE}","text":"{ASKED}","dateCreated":"2025-03-04T21:05:00+08:00","author":{{"@type":"Person","name":"湖边人"}},"answerCount":2,
"acceptedAnswer":{{"@type":"Answer","text":"{ONE}","dateCreated":"2025-03-04T22:00:00+08:00","author":{{"@type":"Person","name":"老周"}}}},
"suggestedAnswer":[{{"@type":"Answer","text":"{TWO}","dateCreated":"2025-03-05T09:10:00+08:00","author":{{"@type":"Person","name":"青石板"}}}}]}}}}</script></head><body>
<header><a href="/">南湖</a></header><main><h1>{TITLE}</h1><div class="x1">{ASKED}</div><div class="x2">2 个人作答</div>
<div class="x3"><div class="x4">老周</div><div class="x5"><p>{ONE}</p></div><div class="x6"><a>赞同 12</a> <a>反对</a></div></div>
<div class="x3"><div class="x4">青石板</div><div class="x5"><p>{TWO}</p></div><div class="x6"><a>赞同 1</a> <a>反对</a></div></div></main><footer>© 2020-2026 南湖</footer></body></html>"""

MICRODATA = f"""<html><head><title>{TITLE} - 南湖问答</title></head><body><div itemscope itemtype="https://schema.org/QAPage"><div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
<h1 itemprop="name">{TITLE}</h1><div itemprop="text"><p>{ASKED}</p></div><span itemprop="author">湖边人</span><time itemprop="dateCreated" datetime="2025-03-04T21:05:00+08:00">去年</time>
<div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer"><div>已采纳</div><div itemprop="text"><p>{ONE}</p></div><span itemprop="author">老周</span><time itemprop="dateCreated" datetime="2025-03-04T22:00:00+08:00"></time><a>评论</a></div>
<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><div itemprop="text"><p>{TWO}</p></div><span itemprop="author">青石板</span><time itemprop="dateCreated" datetime="2025-03-05T09:10:00+08:00"></time></div></div></div></body></html>"""

LABELLED = f"""<html><head><title>{TITLE}_南湖法律网</title></head><body><table width="960"><tr><td>
<h1>{TITLE}</h1><p>提问时间：2025-03-04 21:05　提问者：湖边人</p><p>{ASKED}</p><h3>律师回答：</h3><div><p>{ONE}</p><p>{TWO}</p></div></td></tr></table>
<div>南湖法律网 © 2010-2026</div></body></html>"""

REPLIES = f"""<html><head><title>{TITLE}_西岸律问</title></head><body><div class="box"><h1 class="title">{TITLE}</h1><p class="info">匿名用户 | 2025-03-04 21:05 | 浏览 120</p><p class="con">{ASKED}</p></div>
<div class="reply-box"><p class="tit">律师解答<em>2</em>条</p><ul class="reply-list"><li><div class="user"><a>陈明远</a><span>律师</span><i>广东-深圳</i></div><p class="b">{ONE}</p><p class="t">回复于 2025-03-04 22:00 <a>有用 3</a></p></li>
<li><div class="user"><a>李小满</a><span>律师</span></div><p class="b">{TWO}</p><p class="t">回复于 2025-03-05 09:10 <a>有用 0</a></p></li></ul></div></body></html>"""

ROWS = f"""<html><head><title>{TITLE}-西岸法律咨询</title></head><body><table><tr><td>咨询标题：{TITLE}</td></tr><tr><td>咨询人：湖边人 咨询时间：2025-03-04</td></tr><tr><td>咨询内容：{ASKED}</td></tr>
<tr><td>律师答复：</td></tr><tr><td>{ONE}<br>{TWO}</td></tr><tr><td>答复时间：2025-03-05 答复律师：陈明远</td></tr></table></body></html>"""

# name: page, (author, day) of each post, texts of the posts
THREADS = {
    "discuz": (
        DISCUZ,
        [("湖边人", "2025-03-04"), ("老周说法", "2025-03-04"), ("青石板", "2025-03-05")],
        [f"{ASKED}\n求各位支招。", ONE, TWO],
    ),
    "dede": (
        DEDE_ASK,
        [("湖边人", "2025-03-04"), ("老周", "2025-03-04"), ("青石板", "2025-03-05")],
        [ASKED, ONE, TWO],
    ),
    "portal": (
        PORTAL,
        [(None, "2025-03-04"), ("陈明远律师", "2025-03-04"), ("李小满律师", "2025-03-05")],
        [ASKED, ONE, f"{TWO}\n{THREE}"],
    ),
    "json-ld": (
        QA_PAGE,
        [("湖边人", "2025-03-04"), ("老周", "2025-03-04"), ("青石板", "2025-03-05")],
        [ASKED, ONE, TWO],
    ),
    "microdata": (
        MICRODATA,
        [("湖边人", "2025-03-04"), ("老周", "2025-03-04"), ("青石板", "2025-03-05")],
        [ASKED, ONE, TWO],
    ),
    "replies": (
        REPLIES,
        [(None, "2025-03-04"), ("陈明远", "2025-03-04"), ("李小满", "2025-03-05")],
        [ASKED, ONE, TWO],
    ),
    "rows": (
        ROWS,
        [("湖边人", "2025-03-04"), ("陈明远", "2025-03-05")],
        [ASKED, f"{ONE}\n{TWO}"],
    ),
    "labelled": (
        LABELLED,
        [("湖边人", "2025-03-04"), (None, None)],
        [ASKED, f"{ONE}\n{TWO}"],
    ),
}
