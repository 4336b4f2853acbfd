# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""Whole pages: what comes out, what is refused, and that nothing ever raises."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article import (
    MAX_CHARACTERS,
    Article,
    Page,
    Rejection,
    RejectionReason,
    extract,
)
from pipeline.template.site import extract_site

FETCHED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
TITLE = "房东不退押金怎么办？三个步骤要回来"
PROSE = (
    "合同到期以后，房东以墙面有污渍为由扣下全部押金，这样的事在城里并不少见。",
    "第一步是把交房时的照片、聊天记录和转账凭证收好，日期越清楚越有用。",
    "依照《民法典》第七百一十条，按约定使用造成的损耗，承租人不负赔偿责任。",
    "第二步是发一封书面通知，写明金额和期限；第三步才是去法院立案。",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in PROSE)
RELATED = "".join(
    f"<div class='x'><h3><a href='/{n}.html'>租房纠纷第{n}讲：水电费该谁来交</a></h3>"
    f"<p>水电费的问题常常被忽略，这一讲我们从合同的约定说起，再看没有约定时怎么处理，最后是第{n}个...</p>"
    f"<span>2026-02-1{n}</span></div>"
    for n in range(1, 6)
)

TPURE = f"""<!DOCTYPE html><html><head><title>{TITLE} - 城南律师</title>
<link rel="canonical" href="https://law.example/zf/12.html"></head><body class="article">
<div class="header"><div class="logo"><a href="/">城南律师</a></div>
<ul><li><a href="/">首页</a></li><li><a href="/zf.html">租房纠纷</a></li></ul></div>
<div class="wrap"><div class="sitemap">当前位置：<a href="/">首页</a> &gt;
<a href="/zf.html">租房纠纷</a> &gt; 正文内容</div>
<div class="content"><div class="block"><div class="post"><h1>{TITLE}</h1>
<div class="info"><span class="user"><a href="/a-1.html" rel="nofollow">城南律师</a></span><span
class="date">2个月前<span class="datetime"> (12-28)</span></span><span class="cate"><a
href="/zf.html">租房纠纷</a></span><span class="view">3</span></div>
<div class="single"><h2>房东不退押金怎么办？</h2>{PARAGRAPHS}</div>
<div class="copynotice"><p>扫描二维码推送至手机访问。</p><p>版权声明：本文由<b>城南律师事务所</b>原创并发布，
转载请附上链接。</p><p>本文链接：<a href="https://law.example/zf/12.html">https://law.example/zf/12.html</a></p></div>
<div class="sharebox"><div class="label">分享给朋友：</div></div></div></div>
<div class="pages"><p>上一篇：<a href="/zf/11.html">没有书面合同的租房</a></p></div>
<div class="block"><h4>{TITLE}的相关文章</h4>{RELATED}</div></div></div>
<div class="footer"><h3>Copyright 2019-2026 城南律师</h3></div></body></html>"""

POSTER = f"""<!DOCTYPE html><html><head><title>{TITLE} - 城南律师</title></head><body>
<header><a href="/">城南律师</a></header><main><article class="single-article"><header><h1>{TITLE}</h1>
<ul class="post-meta"><li class="single-cat"><a href="/zf/">租房纠纷</a></li><li class="single-date"><span
class="b2timeago">34秒前</span></li><li class="single-eye"><b>1</b></li></ul></header>
<div class="post-next"><h2><a href="/9.html">中介费退不退</a></h2><p>签了居间合同以后又不想租了，中介费能不能要回来，很多人分不清居间和代理的区别，于是...</p></div>
<div class="entry-content"><p>{PROSE[0]}</p>
<figure><img src="/1.jpg"><figcaption>{TITLE}</figcaption></figure><p>{PROSE[1]}</p>
<p><img src="/2.jpg"></p><p class="caption">配图来自网友</p><p>{PROSE[2]}</p>
<p><img src="/3.jpg"></p><p class="caption">配图来自网友</p><p>{PROSE[3]}<br>别拖。</p>
<p>{TITLE}，本文为城南律师原创，未经授权禁止转载，个案不同，请咨询律师。</p></div>
<div class="content-footer"><button>分享</button><button>举报</button></div>
<div class="entry-page"><a href="/8.html"><span>押金条丢了怎么办？</span></a><div><span>« 上一篇</span><span>8分钟前</span></div></div>
</article></main><div class="modal poster-box"><span>×</span><div class="poster-date"><div
class="poster-date-day">5</div><div class="poster-date-year">2026 3</div></div><div class="poster-info"><h2>{TITLE}</h2>
<p>{PROSE[0][:30]}...</p></div><div class="fuzhi"><p>点击复制推广网址：</p></div><p>下载海报：</p></div></body></html>"""

OLD_TABLES = f"""<html><head><title>{TITLE}_城南法律网</title></head><body><table><tr>
<td><a href=/1>新闻</a></td><td><a href=/2>案例</a></td><td><a href=/3>咨询</a></td></tr></table>
<table width=760><tr><td width=160><a href=/4>旧文一篇谈物业费</a><br><a href=/5>旧文两篇谈停车位</a></td>
<td><table><tr><td align=center><font size=5>{TITLE}</font></td></tr>
<tr><td align=center>2005年4月5日 10:22　来源：城南日报　作者：孙小禾　阅读：33次</td></tr>
<tr><td>　　{"<br><br>　　".join(PROSE)}</td></tr><tr><td>责任编辑：钱大力</td></tr></table></td></tr></table>
<p>版权所有 2001-2026 城南法律网</p></body></html>"""


def _article(html: str, fetched_at: datetime | None = FETCHED) -> Article:
    result = extract(Page(html=html, url="https://law.example/1", fetched_at=fetched_at))
    assert isinstance(result, Article), result
    return result


def test_a_tpure_page() -> None:
    article = _article(TPURE)

    assert article.title == TITLE
    assert article.author == "城南律师"
    assert article.category == "租房纠纷"
    assert article.published is not None
    assert (article.published.on, article.published.precision) == (date(2025, 12, 28), "day")
    assert article.published.evidence == "2个月前 (12-28)"
    assert article.text.splitlines() == list(PROSE)
    assert article.canonical_url == "https://law.example/zf/12.html"


def test_a_page_with_a_poster_window() -> None:
    article = _article(POSTER)

    assert (article.title, article.author, article.category) == (TITLE, None, "租房纠纷")
    assert article.published is not None
    assert (article.published.on, article.published.precision) == (date(2026, 3, 5), "second")
    assert article.text.splitlines() == [*PROSE, "别拖。"]


def test_a_page_of_layout_tables() -> None:
    article = _article(OLD_TABLES)

    assert (article.title, article.author) == (TITLE, "孙小禾")
    assert article.published is not None
    assert article.published.evidence == "2005年4月5日 10:22"
    assert article.text.splitlines() == list(PROSE)


def test_previous_and_next_tell_no_date() -> None:
    assert _article(POSTER.replace("34秒前", "").replace("2026 3", "")).published is None


def test_the_poster_tells_the_date_where_nothing_else_does() -> None:
    published = _article(POSTER.replace("34秒前", "")).published

    assert published is not None
    assert (published.on, published.precision) == (date(2026, 3, 5), "day")


def test_related_lists_and_footers_tell_no_date() -> None:
    assert _article(TPURE.replace("2个月前", "").replace("(12-28)", "")).published is None


def test_declared_dates_come_first_in_beijing_time() -> None:
    meta = '<meta property="article:published_time" content="2026-03-03T17:30:00Z">'
    published = _article(TPURE.replace("</title>", f"</title>{meta}")).published

    assert published is not None
    assert published.at is not None
    assert published.on == date(2026, 3, 4)


def test_a_line_that_cites_a_statute_is_never_dropped() -> None:
    last = "《民法典》第七百一十条 按照约定的方法使用租赁物..."
    article = _article(TPURE.replace(PARAGRAPHS, f"{PARAGRAPHS}<p>{last}</p>"))

    assert article.text.splitlines()[-1] == last


def test_comments_are_left_out_and_answers_are_not() -> None:
    said = "".join(
        f"<div class='c'><b>网友{n}</b><p>{PROSE[0]}我也是。</p></div>" for n in range(9)
    )
    page = f"<title>{TITLE}</title><div><h1>{TITLE}</h1><div class='t'>{PARAGRAPHS}</div>"

    assert "网友" not in _article(f"{page}<div class='comments'>{said}</div></div>").text
    question = f"<title>{TITLE}</title><div><h1>{TITLE}</h1><div class='q'><p>{PROSE[0]}</p></div>"
    answers = (
        f"<div class='answers'><div class='answer'>李律师<p>{PROSE[1]}{PROSE[3]}</p></div></div>"
    )
    assert PROSE[3] in _article(f"{question}{answers}</div>").text


def test_the_text_of_the_link_tells_which_heading_is_the_title() -> None:
    html = f"<title>城南律师</title><h2>办案手记</h2><h2>{TITLE}</h2><div>{PARAGRAPHS}</div>"
    found = extract(Page(html=html, link_texts=(f"{TITLE}（上）", "下一页")))

    assert isinstance(found, Article)
    assert found.title == TITLE


def test_a_data_table_stays_in_its_place() -> None:
    table = "<table><tr><th>项目<th>上限<tr><td>押金<td>两个月房租</table>"
    html = TPURE.replace(f"<p>{PROSE[1]}</p>", f"<p>{PROSE[1]}</p>{table}")

    assert _article(html).text.splitlines()[2:4] == ["项目 | 上限", "押金 | 两个月房租"]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", RejectionReason.NOT_HTML),
        ("没有任何标记的文字", RejectionReason.NOT_HTML),
        ("\x00\x01\x02", RejectionReason.NOT_HTML),
        ("<?xml version='1.0'?><rss><channel><title>甲</title></channel></rss>", RejectionReason.NOT_HTML),
        ("<html><body></body></html>", RejectionReason.NO_TEXT),
        (f"<p>{PROSE[0]}{PROSE[1]}</p>", RejectionReason.NO_TITLE),
        (f"<title>{TITLE}</title><h1>{TITLE}</h1><p>该文章已被作者删除，请看别的。</p>", RejectionReason.TOO_SHORT),
        ("<title>城南律师</title><div id='app'></div><script src='a.js'></script>", RejectionReason.NEEDS_JAVASCRIPT),
        ("<title>安全验证</title><p>访问过于频繁，请输入验证码后继续。</p>", RejectionReason.BLOCKED),
        (f"<title>租房纠纷</title><div>{RELATED}</div>", RejectionReason.LISTING),
        ("<p>" + "长" * MAX_CHARACTERS + "</p>", RejectionReason.TOO_LARGE),
        ("<b></b>" * 60_000 + "<i></i>" * 41_000, RejectionReason.TOO_LARGE),
    ],
)  # fmt: skip
def test_refuses_by_name(html: str, reason: RejectionReason) -> None:
    result = extract(Page(html=html, fetched_at=FETCHED))

    assert isinstance(result, Rejection)
    assert result.reason is reason
    assert result.detail


def test_a_page_of_whole_articles_is_a_listing() -> None:
    posts = "".join(f"<h2><a href='/{n}'>租房第{n}讲</a></h2>{PARAGRAPHS}" for n in range(4))

    result = extract(Page(html=f"<title>城南律师</title><div>{posts}</div>"))

    assert isinstance(result, Rejection)
    assert result.reason is RejectionReason.LISTING


def test_lines_that_a_site_puts_into_every_text_go() -> None:
    def page(n: int) -> Page:
        own = (
            f"<p>这是第{n}篇文章自己的话，说的是第{n}种租房时会遇到的麻烦，写得比较长一些。</p>" * 3
        )
        extra = "<p>城南律师团队每天晚上八点在线答疑，欢迎收看我们的直播。</p>"
        law = "<p>《民法典》第七百一十条，正常损耗不赔。</p>"
        return Page(
            html=f"<title>第{n}篇文章</title><div><h1>第{n}篇文章</h1>{own}{extra}{law}</div>"
        )

    few = extract_site([page(n) for n in range(4)])
    many = extract_site([page(n) for n in range(6)])

    assert all(isinstance(found, Article) and "直播" in found.text for found in few)
    assert all(isinstance(found, Article) and "直播" not in found.text for found in many)
    assert all(isinstance(found, Article) and "第七百一十条" in found.text for found in many)


def test_nothing_unfit_reaches_the_text() -> None:
    dirty = TPURE.replace(PROSE[0], f"\u202e\u200b\ufeff{PROSE[0]}\x00\x07")

    assert _article(dirty).text.splitlines() == list(PROSE)


_SOUP = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<ol start='x'>",
                "<li>",
                "</ol>",
            ),
            *("<br>", "<h1>", "</h1>", "<title>", "</title>", "<script>", "</div>", "<div hidden>"),
            *(
                "<time datetime='9999-99-99'>",
                "<meta name='date' content='31'>",
                "<a href=x>",
                "</a>",
            ),
            *(
                "<script type='application/ld+json'>{\"@graph\":[[]]}</script>",
                "<!-- ",
                "-->",
                "<pre>",
            ),
            *(
                "\ud800",
                "\x00",
                "３天前",
                "2026-02-30",
                PROSE[0],
                PROSE[2],
                TITLE,
                "……",
                "&#0;",
                "\n",
            ),
        ]
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(_SOUP)
def test_never_raises_on_markup_soup(pieces: list[str]) -> None:
    result = extract(Page(html="".join(pieces), fetched_at=FETCHED))

    assert isinstance(result, Article | Rejection)
    if isinstance(result, Rejection):
        assert result.reason is not RejectionReason.ERROR, result.detail
    else:
        assert all(line == line.strip() and line for line in result.text.split("\n"))


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_never_raises_on_any_text(text: str) -> None:
    for html in (text, f"<p>{text}</p>", f"<title>{text}</title><p>{PROSE[0]}{text}</p>"):
        result = extract(Page(html=html, fetched_at=FETCHED))
        if isinstance(result, Rejection):
            assert result.reason is not RejectionReason.ERROR, result.detail
