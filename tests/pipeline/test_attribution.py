# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""Whose page it is, what it is filed under, and where it says that its text is from."""

import pytest

from pipeline.article import Article, Page, extract
from pipeline.attribution import Origin, origin_in

TITLE = "外卖员送餐途中摔伤，算不算工伤"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "先看有没有劳动合同，没有合同的，要看平台和站点对接单、排班和处罚的管理到了什么程度。",
        "认定了劳动关系，送餐途中非本人主要责任的交通事故，可以申请工伤认定，时限是一年。",
        "认定不了的，也可以按雇佣关系要求赔偿，同时向商业意外险的承保公司报案理赔。",
    )
)
SIDE = "<div class='tagcloud'><a href=/t/1>离婚</a><a href=/t/2>继承</a></div>"


def _article(
    *, head: str = "", info: str = "", tail: str = "", title: str = f"{TITLE}_东桥法律网"
) -> Article:
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><h1>{TITLE}</h1>"
        f"<div class='info'>{info}</div><div class='text'>{TEXT}</div>{tail}{SIDE}</body></html>"
    )
    found = extract(Page(html=html, url="https://law.example/1.html"))
    assert isinstance(found, Article), found
    assert len(found.text.split("\n")) == 3, found.text
    return found


SAID = {
    "2024-06-01 来源：北桥日报 作者：周敏": "北桥日报",
    "来源: <a href='https://paper.example/1'>北桥日报</a> 2024-06-01": "北桥日报",
    "文章来源：人民法院报　　发布时间：2024-06-01": "人民法院报",
    "2024-06-01　稿源：北桥新闻网": "北桥新闻网",
    "来源：微信公众号“北桥法苑”": "北桥法苑",
    "来源：未知 作者：admin": None,
    "来源：本站 点击：88": None,
    "来源：网络整理": None,
    "收入来源：工资": None,
}


@pytest.mark.parametrize("info", SAID)
def test_the_source_named_beside_the_title(info: str) -> None:
    origin = _article(info=info).origin

    assert (origin and origin.name) == SAID[info]
    assert (origin is not None and origin.url is not None) == ("href" in info)


@pytest.mark.parametrize(
    "tail",
    [
        "<p>（来源：北桥日报）</p>",
        "<p>本文来源：北桥日报</p>",
        "<p>本文转载自《北桥日报》，版权归原作者所有</p>",
        "<div>转自：北桥日报 责编：何平</div>",
    ],
)
def test_the_source_named_below_the_text(tail: str) -> None:
    assert _article(tail=tail).origin == Origin(name="北桥日报", url=None)


def test_an_address_alone_is_a_source_by_its_host() -> None:
    assert origin_in("来源：https://paper.example/a/1.html") == Origin(
        name="paper.example", url="https://paper.example/a/1.html"
    )


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        ("", f"{TITLE}_东桥法律网", "东桥法律网"),
        ("", f"{TITLE} - 东桥律师事务所", "东桥律师事务所"),
        ("", f"{TITLE}_工伤赔偿", None),
        ("<meta property='og:site_name' content='东桥'>", TITLE, "东桥"),
        (
            '<script type="application/ld+json">{"@type":"Article","publisher":{"@type":"Organization","name":"东桥律师"}}</script>',
            TITLE,
            "东桥律师",
        ),
    ],
)
def test_whose_page_it_is(head: str, title: str, publisher: str | None) -> None:
    assert _article(head=head, title=title).publisher == publisher


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("", "<div class='tags'>标签：<a href=/t/3>工伤</a> <a href=/t/4>外卖员</a></div>"),
        ("", "<p>关键词：工伤，外卖员</p>"),
        ("", "<div><a rel='tag' href=/t/3>工伤</a><a rel='tag' href=/t/4>外卖员</a></div>"),
        (
            "<meta property='article:tag' content='工伤'><meta property='article:tag' content='外卖员'>",
            "",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","keywords":["工伤","外卖员"]}</script>',
            "",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","keywords":"工伤, 外卖员"}</script>',
            "",
        ),
    ],
    ids=["a box", "a line", "rel", "meta", "JSON-LD", "JSON-LD in one"],
)
def test_tags(head: str, tail: str) -> None:
    assert _article(head=head, tail=tail).tags == ("工伤", "外卖员")


def test_a_cloud_of_all_tags_is_not_the_articles() -> None:
    assert _article().tags == ()


@pytest.mark.parametrize(
    "tail",
    [
        "<ul class=list><li class=tag-item><a href=/t/1>工伤</a><li class=tag-item><a href=/t/2>外卖</a></ul>",
        "<div class=x><div class='Tag Topic'><a href=/t/1>工伤</a></div><div class='Tag Topic'><a href=/t/2>外卖</a></div></div>",
        "<div class=post-tags><a href=/t/1>工伤<sup>12</sup></a><a href=/t/2>外卖<span>(3)</span></a></div>",
        "<p>相关热词搜索：<a href=/t/1>工伤</a> <a href=/t/2>外卖</a></p>",
        "<p>文章关键词：<a href=/t/1>工伤</a> <a href=/t/2>外卖</a></p>",
    ],
)
def test_tags_in_boxes_of_their_own_and_with_counts(tail: str) -> None:
    assert _article(tail=tail).tags == ("工伤", "外卖")


@pytest.mark.parametrize("place", ["北京", "山东省", "上海市"])
def test_where_somebody_writes_from_is_no_source(place: str) -> None:
    assert _article(info=f"2024-06-01 08:00 来自{place}").origin is None


@pytest.mark.parametrize(
    "crumb",
    [
        "<a href=/>主页</a> > <a href=/l>劳动法</a> > ",
        "东桥网 &gt;&gt; <a href=/l>劳动法</a>",
        "<a href=/>东桥财经首页</a><span>›</span><a href=/l>劳动法</a><span>› 正文</span>",
        "<a href=/>首页</a><span>&gt;</span><em>劳动法</em>",
        f"<a href=/>东桥网</a> → <a href=/l>劳动法</a> → {TITLE}",
    ],
)
def test_the_category_is_the_last_column_of_a_breadcrumb_without_a_label(crumb: str) -> None:
    found = _crumbed(f"<div>{crumb}</div>")

    assert found.category == "劳动法"


def test_a_link_beside_an_arrow_in_a_sentence_is_no_breadcrumb() -> None:
    said = "<p>想看更多劳动纠纷的处理办法请往这边来看一看 → <a href=/l>劳动法</a></p>"

    assert _crumbed(said).category is None


def _crumbed(crumb: str) -> Article:
    html = f"<title>{TITLE}</title>{crumb}<h1>{TITLE}</h1><p>2024-06-01</p><div>{TEXT}</div>"
    found = extract(Page(html=html, url="https://law.example/1.html"))
    assert isinstance(found, Article), found
    return found
