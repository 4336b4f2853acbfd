# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""What the page shows and declares about an article, in the layouts of common systems."""

from datetime import UTC, datetime

import pytest

from pipeline.article import Article, Page, extract

FETCHED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
TITLE = "公司拖欠工资，员工可以怎么做"
BODY = "".join(
    f"<p>{line}</p>"
    for line in (
        "先把劳动合同、考勤和工资条留好，没有合同的，微信里的工作安排也是证据。",
        "然后去劳动监察大队投诉，通常两个月内会有结果，不收任何费用。",
        "还不行就申请劳动仲裁，仲裁时效是一年，从知道权利被侵害那天算起。",
    )
)
SIDE = "<div class='side'><h3>最新文章</h3><ul>" + "".join(
    f"<li><a href='/{n}.html'>工伤认定的第{n}个误区要当心</a> 2026-03-0{n}</li>" for n in range(1, 5)
) + "</ul></div>"  # fmt: skip

DEDE = f"""<html><head><title>{TITLE}_劳动法_北桥法律网</title></head><body>
<div class="place"><strong>当前位置:</strong> <a href="/">主页</a> > <a href="/ldf/">劳动法</a> > </div>
<div class="viewbox"><div class="title"><h2>{TITLE}</h2></div>
<div class="info"><small>时间:</small>2024-06-01 09:15<small>来源:</small>未知 <small>作者:</small>周敏 <small>点击:</small>32次</div>
<div class="content"><table><tr><td>{BODY}</td></tr></table></div></div>{SIDE}
<div class="footer">Copyright © 2002-2023 北桥法律网 版权所有</div></body></html>"""

WORDPRESS = f"""<html><head><title>{TITLE} – 北桥法律网</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="北桥法律网">
<meta property="article:modified_time" content="2026-02-01T00:00:00+00:00"></head><body><nav><a href="/">首页</a></nav>
<article><header class="entry-header"><span class="cat-links"><a href="/c/" rel="category tag">劳动纠纷</a></span>
<h1 class="entry-title">{TITLE}</h1><span class="posted-on"><time class="entry-date published" datetime="2025-12-31T23:30:00+00:00">2026年1月1日</time></span>
<span class="byline"><span class="author vcard"><a href="/u/3">郑一鸣</a></span></span></header>
<div class="entry-content">{BODY}</div></article>
<section class="comments"><div class="comment"><time datetime="2026-02-20T08:00:00+08:00">2月20日</time><p>学到了，谢谢分享这么多有用的知识，我去试试看。</p></div></section></body></html>"""

DISCUZ = f"""<html><head><title>{TITLE} - 劳动维权 - 北桥论坛 -  Powered by Discuz!</title></head><body>
<div id="pt"><div class="z"><a href="/">首页</a><em>›</em><a href="/f-2.html">劳动维权</a><em>›</em><a href="/t-9.html">{TITLE}</a></div></div>
<table><tr><td class="pls"><div class="authi"><a href="/u/5" class="xw1">小路</a></div></td><td class="plc"><h1 class="ts"><span id="thread_subject">{TITLE}</span></h1>
<div class="authi"><em id="authorposton1">发表于 2025-11-02 21:04:05</em> | <a href="#">只看该作者</a></div>
<table><tr><td class="t_f" id="postmessage_1">{BODY}</td></tr></table></td></tr></table>
<div class="footer">GMT+8, 2026-3-5 10:00 , Processed in 0.05 second(s)</div></body></html>"""

BAIDU = f"""<html><head><title>{TITLE}-北桥法律网</title><script type="application/ld+json">
{{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld","title":"{TITLE}","pubDate":"2025-08-09T07:06:05"}}</script></head>
<body><div class="head"><a href="/">北桥法律网</a></div><div class="main"><h1>{TITLE}</h1><p class="tip">更新于 2026-01-01</p><div class="txt">{BODY}</div></div></body></html>"""

NONE = f"""<html><head><title>{TITLE}</title></head><body><p>今天是2026年3月5日 星期四，欢迎来到北桥法律网</p>
<h1>{TITLE}</h1><div class="txt">{BODY.replace("一年", "一年（2008年5月1日起施行）")}</div>{SIDE}
<p>上一篇：<a href="/1">加班费怎么算</a> 2026-02-01</p><div class="footer">© 2011-2024 北桥法律网</div></body></html>"""


def _article(html: str) -> Article:
    found = extract(Page(html=html, url="https://law.example/2019/10/11.html", fetched_at=FETCHED))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("html", "author", "category", "on", "precision"),
    [
        (DEDE, "周敏", "劳动法", "2024-06-01", "minute"),
        (WORDPRESS, "郑一鸣", "劳动纠纷", "2026-01-01", "second"),
        (DISCUZ, None, "劳动维权", "2025-11-02", "second"),
        (BAIDU, None, None, "2025-08-09", "second"),
        (NONE, None, None, None, None),
    ],
    ids=["dede", "wordpress", "discuz", "baidu", "none"],
)
def test_reads_the_layouts_of_common_systems(
    html: str, author: str | None, category: str | None, on: str | None, precision: str | None
) -> None:
    found = _article(html)
    published = found.published

    assert found.title == TITLE
    assert (found.author, found.category) == (author, category)
    assert (published and published.on.isoformat()) == on
    assert (published and published.precision) == precision
    assert len(found.text.splitlines()) == 3


def test_the_day_of_publication_comes_before_that_of_an_update() -> None:
    html = DEDE.replace("2024-06-01 09:15", "更新时间：2025-02-02 发布时间：2024-06-01")
    published = _article(html).published

    assert published is not None
    assert published.on.isoformat() == "2024-06-01"


def test_a_date_below_the_text_needs_a_label() -> None:
    bare = NONE.replace(SIDE, f"<p class='x'>2025-05-06 10:00</p>{SIDE}")
    labelled = NONE.replace(SIDE, f"<p class='x'>发布时间：2025-05-06 10:00</p>{SIDE}")

    assert _article(bare).published is None
    published = _article(labelled).published
    assert published is not None
    assert published.on.isoformat() == "2025-05-06"


def test_the_site_is_not_its_author() -> None:
    html = WORDPRESS.replace("郑一鸣", "").replace(
        "</title>", '</title><meta name="author" content="北桥法律网">'
    )

    assert _article(html).author is None


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (f"{TITLE}_劳动_北桥法律网", ""),
        (f"{TITLE} | 北桥", ""),
        (f"{TITLE}-北桥法律网", ""),
        (f"{TITLE}-劳动-北桥", f"<div>{TITLE}</div>"),
        ("北桥法律网", f"<h1>{TITLE}</h1>"),
        ("", f"<h1>{TITLE}</h1>"),
        (f"{TITLE}——北桥法律网", "<h1><a href='/'>北桥法律网</a></h1>"),
    ],
)
def test_the_title_loses_the_name_of_the_site(head: str, shown: str) -> None:
    page = f"<title>{head}</title><body>{shown}<div>{BODY}</div></body>"

    assert _article(page).title == TITLE


@pytest.mark.parametrize(
    "claim", ["<title>新闻内容</title>", "<title>北桥法律网 | 说法的地方</title>", ""]
)
@pytest.mark.parametrize(
    "shown",
    [
        f"<div class=post-title-main>{TITLE}</div><div>最近更新：2025-12-03 | 阅读量：8次</div>",
        f"<table><tr><td><b>{TITLE}</b><tr><td>发布时间：2025-12-03　点击数：8</table>",
        f"<p align=center><font size=5>{TITLE}</font></p><p>来源：北桥日报　2025-12-03 08:00</p>",
    ],
)  # fmt: skip
def test_the_line_above_date_and_source_is_the_title_where_the_page_claims_none(
    claim: str, shown: str
) -> None:
    crumb = "<div><a href=/>首页</a> &gt; <a href=/n>工作动态栏目列表</a></div>"
    found = _article(
        f"{claim}<body>{crumb}{shown}<div><p>公司拖欠工资的，员工先要留证据。</p>{BODY}</div>{SIDE}</body>"
    )

    assert found.title == TITLE


def test_what_a_footer_says_of_the_site_makes_its_name_no_title() -> None:
    about = "<div class=ft><p>北桥文化集团是北桥市的文化集团，为市民提供优质的文化服务，欢迎关注。</p></div>"
    shown = f"<h2>新闻中心</h2><h4>{TITLE}</h4><p>发布日期：2025-12-03　浏览：35次</p>"
    text = f"<div><p>公司拖欠工资的，员工先要留证据。</p>{BODY}</div>"

    assert _article(f"<title>新闻详情-北桥文化集团</title>{shown}{text}{about}").title == TITLE


def test_a_slogan_above_the_date_is_no_title() -> None:
    shown = "<p>专业专注专心的法律服务平台</p><p>发布时间：2025-12-03　点击数：8</p>"
    found = _article(f"<title>{TITLE}</title>{shown}<div>{BODY}</div>")

    assert found.title == TITLE


def test_a_claim_ends_where_the_name_of_a_linked_column_begins() -> None:
    crumb = "<p><a href=/>首页</a> &gt; <a href=/x>局长信箱</a></p>"
    claim = "<title>工资条应该怎么看-局长信箱-北桥市政府</title>"

    assert _article(f"{claim}{crumb}<div>{BODY}</div>").title == "工资条应该怎么看"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("<p>2025-12-03 08:00　作者：民二庭 何平　点击 8</p>", "何平"),
        ("<p>2025-12-03 08:00　作者：宣传科 发布时间：当天</p>", "宣传科"),
        ("<p>□ 本报记者 何平</p><p>2025-12-03 08:00 来源：本报</p>", "何平"),
        ("<p><span class=author>記者何平／東岸報導</span> 2025-12-03 08:00</p>", "何平"),
        ("<p><span class=meta-author>博主：阿平</span> 2025-12-03 08:00</p>", "阿平"),
        ("<p class=author-box><a href=/u/1>何平律师</a><em>2025.12.03 北桥市南岸区</em><i>1.2万人看过</i></p>", "何平律师"),
        ("<p class=x_authorName>何平</p><p>2025-12-03 08:00</p>", "何平"),
        ("<div class=author><b>何平</b><i>2025-12-03</i></div>", "何平"),
        ("<p>2025年12月3日 星期三 文/图 本报记者 何平</p>", "何平"),
        ("<p>2025-12-03 08:00</p><p>本报记者 何平 摄</p>", None),
        ("<p>楼主：何平 时间：2025-12-03 08:00 点击：8</p>", "何平"),
        ("<p><span class=author>Lv2</span> 2025-12-03 08:00</p>", None),
        ("<p><span class=user>ask***</span> 2025-12-03 08:00</p>", None),
    ],
)  # fmt: skip
def test_the_author_is_the_name_without_what_stands_beside_it(
    line: str, author: str | None
) -> None:
    found = _article(f"<title>{TITLE}</title><h1>{TITLE}</h1>{line}<div>{BODY}</div>")

    assert found.author == author


AFTER = """<footer class="entry-footer"><span class="author vcard"><a href="/u/2">何平</a></span>
<time class="entry-date published" datetime="2025-12-03T08:00:00+08:00">三个月前</time></footer>"""
COMMENT = """<section class="comments"><div class="author vcard"><a href="/u/9">路人</a></div>
<time class="published" datetime="2026-01-09T08:00:00+08:00">一月九日</time><p>说得好。</p></section>"""


def test_author_and_day_may_stand_below_the_text_when_marked_as_such() -> None:
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{BODY}</div>"
    found, commented = _article(page + AFTER + COMMENT), _article(page + COMMENT)

    assert found.published is not None
    assert (found.author, found.published.on.isoformat()) == ("何平", "2025-12-03")
    assert (commented.author, commented.published) == (None, None)


def test_the_only_line_below_the_text_that_counts_readers_tells_the_day() -> None:
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{BODY}</div><p>作者：何平</p>"
    line = "<div>posted @ 2025-12-03 21:09 <a href=/u>何平</a> 阅读({n}) 评论(3)</div>"
    one, many = _article(page + line.format(n=8)), _article(page + 3 * line.format(n=9))

    assert one.published is not None
    assert one.published.on.isoformat() == "2025-12-03"
    assert many.published is None


def test_a_reply_below_a_dated_text_names_no_author_of_it() -> None:
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1>{{}}<div>{BODY}</div>"
    reply = "<div>作者：路人 时间：2026-01-09 09:11:00</div><div>顶一个</div>"
    dated = _article(page.format("<p>2025-12-03 08:00 点击：8</p>") + reply)

    assert dated.author is None
    assert _article(page.format("") + "<p>作者：何平</p>").author == "何平"
