# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""Layouts as they are met, in our own words: each page with the title, day and lines it should give."""

from dataclasses import dataclass

L1 = "朋友借钱不还，手里只有微信转账记录，没有借条，很多人以为这样就打不赢官司。"
L2 = "其实转账记录加上聊天里催款和承认欠款的内容，就能证明双方之间存在借贷关系。"
L3 = "根据《民法典》第六百七十九条，自然人之间的借款合同，自贷款人提供借款时成立。"
L4 = "起诉之前先发一份催款函，写清楚金额、期限和逾期的后果，快递底单要留好。"
L5 = "如果对方失联，可以向其户籍所在地的法院起诉，公告送达的费用由原告先行垫付。"
TITLE = "没有借条只有转账记录，能把钱要回来吗"
LINES = (L1, L2, L3, L4, L5)
PS = "".join(f"<p>{line}</p>" for line in LINES)
LINKS = "".join(
    f"<li><a href='/a/{n}.html'>借款纠纷中第{n}个容易忽略的细节问题</a></li>" for n in range(1, 9)
)
DAY = "2024-06-18"


@dataclass(frozen=True)
class Case:
    html: str
    title: str = TITLE
    day: str | None = DAY
    lines: tuple[str, ...] = LINES
    author: str | None = None


CASES = {
    "a portal of tables": Case(
        f"""<html><head><title>{TITLE}_法治频道_南城在线</title></head><body><table width=960><tr><td><a href=/>首页</a>|<a href=/n>新闻</a>|<a href=/f>法治</a></td></tr></table>
<table width=960><tr><td width=660><table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr><tr><td align=center>http://www.nancheng.example 2024-06-18 09:12:33 来源：南城晚报</td></tr>
<tr><td class=p14>{"<br><br>".join("　　" + line for line in LINES)}</td></tr><tr><td align=right>(责任编辑：何平)</td></tr></table></td>
<td width=300><table><tr><td>·<a href=/1>相关新闻之一：民间借贷利率上限调整</a></td></tr><tr><td>·<a href=/2>相关新闻之二：法院集中执行在行动</a></td></tr></table></td></tr></table>
<table><tr><td>南城在线 版权所有 Copyright 2001-2024 未经授权不得转载</td></tr></table></body></html>"""
    ),
    "sections within sections": Case(
        f"""<html><head><title>{TITLE}</title><meta property="og:title" content="{TITLE}"></head><body><div id="js_article"><div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">{TITLE}</h1>
<div id="meta_content"><span class="rich_media_meta rich_media_meta_text">李文</span><a id="js_name">城南说法</a><em id="publish_time">2024年06月18日 09:12</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">{"".join(f'<section><section><section><span style="font-size:16px">{line[:9]}</span><span>{line[9:]}</span></section></section></section>' for line in LINES)}<section><img data-src="q.png"></section></div></div>
<div class="rich_media_tool">阅读 1024 赞 12 在看</div><div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div></div></body></html>"""
    ),
    "a firm's blog with a poster": Case(
        f"""<html><head><title>{TITLE} - 东河律师事务所</title></head><body><header><a href=/>东河律师</a></header><article class="single-article"><header class="entry-header"><div class="post-list-cat"><a href=/c>债权债务</a></div><h1>{TITLE}</h1><ul class="post-meta"><li class="single-date"><time class="b2timeago" datetime="2024-06-18 09:12:33">4月前</time></li><li>12</li></ul></header>
<div class="entry-content">{PS}</div><div class="content-footer"><div class="post-content-footer"><button>分享</button><button>举报</button></div></div></article>
<div class="modal poster-box"><div class="modal-content"><span class="close-button">×</span><div class="poster-content"><div class="poster-date"><div class="poster-date-day">18</div><div class="poster-date-year">2024 06</div></div><div class="poster-info"><h2>{TITLE}</h2><p>{L1[:20]}...</p></div></div><div class="poster-share"><div class="fuzhi"><p>点击复制推广网址：</p></div><div>下载海报：</div></div></div></div>
<div class="post-pre-next"><div><h2><a href=/p1>加班费的计算基数怎么定</a></h2><p>« 上一篇6分钟前</p></div></div><div class="related-posts"><ul>{LINKS}</ul></div></body></html>"""
    ),
    "a forum with one post": Case(
        f"""<html><head><title>{TITLE} - 债务交流 - 西城论坛 - Powered by Discuz!</title></head><body><div id="pt"><a href=/>论坛</a> › <a href=/f>债务交流</a></div><div id="postlist"><h1 class="ts"><a href="#">[经验]</a> <span id="thread_subject">{TITLE}</span></h1>
<div id="post_5"><table id="pid5"><tr><td class="pls"><div class="authi"><a class="xw1" href=/u>老程</a></div><dl><dt>积分</dt><dd>320</dd></dl></td><td class="plc"><div class="pi"><em id="authorposton5">发表于 2024-6-18 09:12:33</em> <a>只看该作者</a> <a>倒序浏览</a></div><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_5">{"<br>".join(LINES)}</td></tr></table></div><div class="sign">诚信为本。</div></td></tr></table></div></div></body></html>""",
        author="老程",
    ),
    "numbers below a short last page": Case(
        f"""<html><head><title>{TITLE}(2)_南城在线</title></head><body><div class=crumb>您的位置：<a href=/>首页</a> &gt; <a href=/f>法治</a> &gt; 正文</div><h1>{TITLE}</h1><div class=info>2024-06-18 来源：南城晚报 编辑：何平</div><div class=text>{PS}</div>
<div class=pages>共3页 <a href=1.html>上一页</a> <a href=1.html>1</a> 2 <a href=1_3.html>3</a> <a href=1_3.html>下一页</a></div><div class=hot><h3>热点推荐</h3><ul>{LINKS}</ul></div></body></html>"""
    ),
    "editors at the end": Case(
        f"""<html><head><title>{TITLE}-南城新闻网</title></head><body><h1>{TITLE}</h1><div>2024年06月18日 09:12 | 南城新闻网</div><div id=content>{PS}<p>编辑：何平</p><p>责编：周敏 审核：李文</p><p>来源：南城晚报</p><p>【打印】【关闭】</p></div><div>分享到：<a>微信</a><a>微博</a></div></body></html>"""
    ),
    "a summary before the text": Case(
        f"""<html><head><title>{TITLE}_南城网</title><meta name=description content="{L1}"></head><body><h1>{TITLE}</h1><p class=info>发布：2024-06-18 浏览：302</p><blockquote class=intro>摘要：{L1[:18]}...</blockquote><div class=content>{PS}</div></body></html>"""
    ),
    "a question mark in the title": Case(
        f"""<html><head><title>{TITLE}？- 债务问题 - 北桥法律网</title></head><body><h1>{TITLE}？</h1><span>作者：郑一鸣 时间：2024-06-18</span><div>{PS}</div></body></html>""",
        title=f"{TITLE}？",
        author="郑一鸣",
    ),
    "the site's name is the only h1": Case(
        f"""<html><head><title>{TITLE}_北桥法律网</title></head><body><h1><a href=/>北桥法律网</a></h1><h2>{TITLE}</h2><div class=meta><span class=author>郑一鸣</span> <span class=date>2024-06-18</span></div><div class=post>{PS}</div></body></html>""",
        author="郑一鸣",
    ),
    "comments longer than the text": Case(
        f"""<html><head><title>{TITLE}_北桥法律网</title></head><body><h1>{TITLE}</h1><p>2024-06-18 10:00</p><div class=txt>{PS}</div><div id=comments><h3>网友评论</h3>{"".join(f"<div class=comment><b>网友{n}</b> 2024-07-0{n} <p>我也碰到过同样的事情，当时找了律师写起诉状，前后花了四个多月才拿到判决书，执行又等了半年，第{n}次了。</p></div>" for n in range(1, 9))}</div></body></html>"""
    ),
    "a promotion between paragraphs": Case(
        f"""<html><head><title>{TITLE} | 东河律师</title></head><body><h1>{TITLE}</h1><div>2024.06.18</div><div class=entry><p>{L1}</p><p>{L2}</p><div class="ad-box"><a href=/tel>免费咨询律师</a><a href=/wx>添加微信</a></div><p>{L3}</p><p>{L4}</p><p>{L5}</p></div></body></html>"""
    ),
    "line breaks in one paragraph": Case(
        f"""<html><head><title>{TITLE}</title></head><body><div class=t><h1>{TITLE}</h1></div><div class=d>更新时间：2024-06-18 09:00:00</div><div class=c><p>{"<br/>".join(LINES)}</p></div></body></html>"""
    ),
    "bare text and breaks": Case(
        f"""<html><head><title>{TITLE} - 东河</title></head><body><center><font size=4>{TITLE}</font></center><br>2024-6-18<br><br>{"<br><br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + line for line in LINES)}<br><br><a href=/>返回首页</a></body></html>"""
    ),
    "a related list inside the text's box": Case(
        f"""<html><head><title>{TITLE}_东河网</title></head><body><div class=main><h1>{TITLE}</h1><p class=time>2024-06-18</p><div id=article>{PS}<div><strong>相关阅读：</strong><ul>{LINKS}</ul></div></div></div></body></html>"""
    ),
    "a statute list that must stay": Case(
        f"""<html><head><title>{TITLE}_东河网</title></head><body><h1>{TITLE}</h1><p>2024-06-18</p><div>{PS}<p>法律依据：</p><p>《民法典》第六百七十五条 借款人应当按照约定的期限返还借款。</p></div></body></html>""",
        lines=(*LINES, "法律依据：", "《民法典》第六百七十五条 借款人应当按照约定的期限返还借款。"),
    ),
    "an echo below the text": Case(
        f"""<html><head><title>{TITLE}_合川法律网</title></head><body><h1>{TITLE}</h1><p>2024-06-18 合川律师</p><div class=single>{PS}<p>{TITLE},本文为合川律师原创,未经授权禁止转载。</p></div><div><p>{TITLE}</p><p>{L1[:24]}...</p></div></body></html>"""
    ),
    "headings in the text": Case(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><time>2024-06-18</time><section><h2>一、能不能起诉</h2><p>{L1}</p><p>{L2}</p><h2>二、怎么准备</h2><p>{L3}</p><p>{L4}</p><p>{L5}</p></section></body></html>""",
        lines=("一、能不能起诉", L1, L2, "二、怎么准备", L3, L4, L5),
    ),
    "a hidden copy for search engines": Case(
        f"""<html><head><title>{TITLE}</title></head><body><div style="display:none">{TITLE} {L1}</div><h1>{TITLE}</h1><p>2024-06-18 08:00</p><div>{PS}</div></body></html>"""
    ),
    "a call to action at the end": Case(
        f"""<html><head><title>{TITLE}-东河律师</title></head><body><h1>{TITLE}</h1><p>日期：2024-06-18</p><div class=body>{PS}</div><div class=call><p>如果您有法律问题，欢迎拨打免费咨询电话：000-0000000</p><a href=/ask>立即咨询</a></div><div class=prev>上一篇：<a href=/1>拖欠工资怎么办</a></div><div class=next>下一篇：没有了</div></body></html>"""
    ),
    "a phone page": Case(
        f"""<!DOCTYPE html><html><head><title>{TITLE}_手机东河网</title><meta name=viewport content="width=device-width"></head><body><div class=top><a href=/>东河网</a><a href=/s>搜索</a></div><div class=art><div class=tit>{TITLE}</div><div class=sub><span>东河律师</span><span>06-18 09:12</span></div><div class=con>{PS}</div><a class=more href=#>展开全文</a></div><div class=list><h3>猜你喜欢</h3><ul>{LINKS}</ul></div></body></html>"""
    ),
    "article and aside": Case(
        f"""<html><head><title>{TITLE} – 东河</title><script type="application/ld+json">{{"@type":"BlogPosting","headline":"{TITLE}","datePublished":"2024-06-18T09:00:00+08:00","author":{{"@type":"Person","name":"周敏"}},"publisher":{{"@type":"Organization","name":"东河律师"}}}}</script></head><body><main><article><h1>{TITLE}</h1>{PS}</article><aside><h3>作者简介</h3><p>周敏，执业十年，专注于民间借贷与合同纠纷，欢迎来电咨询，预约请提前一天。</p></aside></main></body></html>""",
        author="周敏",
    ),
    "a phone portal": Case(
        f"""<html><head><title>{TITLE}_手机南城网</title></head><body><div class="article-content"><h2 class="title-info">{TITLE}</h2><div class="article-info"><span class="name">城南律师</span><span>06-18 09:12</span></div><div class="at-cnt-main">{PS}</div><div class="statement">平台声明：该文观点仅代表作者本人，平台仅提供信息存储空间服务。</div></div><section><h3>推荐阅读</h3><ul>{LINKS}</ul></section></body></html>"""
    ),
    "a government's page": Case(
        f"""<html><head><title>{TITLE}</title><meta name="PubDate" content="2024-06-18 09:12"></head><body><div>索 引 号：000014349/2024-00001 主题分类：司法</div><h1>{TITLE}</h1><div>发布时间：2024-06-18 09:12 来源：南城司法局 字体：[大 中 小] 打印 分享</div><div id=CONTENT>{PS}</div><div>扫一扫在手机打开当前页</div><div>关联稿件</div></body></html>"""
    ),
    "summaries with dates below": Case(
        f"""<html><head><title>{TITLE}_口子网</title></head><body><h1>{TITLE}</h1><p>2024-06-18</p><div class=c>{PS}</div>{"".join(f"<div><h4>逾期协商的第{n}个办法</h4><p>摘要：很多朋友在逾期之后第一反应是换一张卡来还，结果越欠越多，这里说说第{n}个办法...</p><p>2024-06-1{n}</p></div>" for n in range(1, 6))}</body></html>"""
    ),
    "a lawyer's card above and below": Case(
        f"""<html><head><title>{TITLE}-东河律师网</title></head><body><h1>{TITLE}</h1><p>2024-06-18</p><div class=content><div class="lawyer-card"><img src=a><p>陈明远律师</p><p>执业证号：14403201010000000</p><p>电话：000-0000-0000</p><a href=/c>立即咨询</a></div>{PS}<div class="lawyer-card"><p>陈明远律师 广东某律师事务所</p><a href=/c>免费咨询</a></div></div></body></html>"""
    ),
    "an account's footer": Case(
        f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>2024-06-18</p><div>{PS}<p>END</p><p>▼ 往期推荐 ▼</p><p><a href=1>信用卡逾期之后银行会怎么做</a></p><p>长按识别二维码关注我们</p></div></body></html>"""
    ),
    "traditional characters": Case(
        f"""<html><head><title>{TITLE}｜法律專欄</title></head><body><h1>{TITLE}</h1><p>發布時間：2024/06/18　作者：鄭律師</p><div>{PS}</div></body></html>""",
        author="鄭律師",
    ),
}
