# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""Every form in which Chinese pages say when an article was published, and what never says it."""

from datetime import UTC, datetime

import pytest

from pipeline.article import Article, Page, extract
from pipeline.dates import Published

FETCHED = datetime(2025, 11, 10, 4, 0, 30, tzinfo=UTC)  # half a minute past noon in Beijing
TITLE = "网贷逾期被起诉，要不要出庭应诉"
BODY = "".join(
    f"<p>{line}</p>"
    for line in (
        "收到传票以后先核对案号和法院，再看起诉状里写的本金、利息和违约金是怎么算出来的。",
        "根据2020年8月20日施行的规定，利率的上限是一年期贷款市场报价利率的四倍，超过的部分不受保护。",
        "不出庭的话，法院可以缺席判决，等于放弃了答辩和质证的机会，结果往往更不利。",
    )
)
RELATED = "<div class='related'><h3>相关文章</h3><ul>" + "".join(
    f"<li><a href='/{n}.html'>信用卡逾期以后的第{n}件事</a><span>2025-10-2{n}</span></li>" for n in range(1, 5)
) + "</ul></div>"  # fmt: skip
FOOTER = "<div class='footer'>© 2012-2026 西岸法律网 版权所有 备案时间 2016-05-04</div>"


def _published(
    info: str = "", *, head: str = "", below: str = "", url: str = "/law/88.html"
) -> Published | None:
    html = (
        f"<html><head><title>{TITLE}_西岸法律网</title>{head}</head><body><div class='nav'><a href='/'>首页</a></div>"
        f"<div class='box'><h1>{TITLE}</h1>{info}<div class='text'>{BODY}</div>{below}</div>{RELATED}{FOOTER}</body></html>"
    )
    found = extract(Page(html=html, url=f"https://law.example{url}", fetched_at=FETCHED))
    assert isinstance(found, Article), found
    assert len(found.text.splitlines()) in (3, 4)  # a summary above may be of the text
    return found.published


SHOWN = {
    "2025-10-24 08:30:05": "2025-10-24T08:30:05+08:00 second",
    "2025-10-24 08:30": "2025-10-24T08:30:00+08:00 minute",
    "2025-10-24": "2025-10-24 day",
    "2025/10/24": "2025-10-24 day",
    "2025.10.24": "2025-10-24 day",
    "2025年10月24日": "2025-10-24 day",
    "2025 年 10 月 24 日 8 时 30 分": "2025-10-24T08:30:00+08:00 minute",
    "2025年10月24日 星期五 下午3:05": "2025-10-24T15:05:00+08:00 minute",
    "2016年9月14日晚8：00": "2016-09-14T20:00:00+08:00 minute",
    "２０２５年１０月２４日": "2025-10-24 day",
    "二〇二五年十月二十四日": "2025-10-24 day",
    "二零二五年十月二十四日": "2025-10-24 day",
    "10月24日": "2025-10-24 day",
    "12-31 23:59": "2024-12-31T23:59:00+08:00 minute",
    "去年10月24日": "2024-10-24 day",
    "Oct 24, 2025": "2025-10-24 day",
    "24 October 2025 8:30": "2025-10-24T08:30:00+08:00 minute",
    "刚刚": "2025-11-10T12:00:30+08:00 minute",
    "6秒前": "2025-11-10T12:00:24+08:00 second",
    "8分钟前": "2025-11-10T11:52:30+08:00 minute",
    "2分鐘前": "2025-11-10T11:58:30+08:00 minute",
    "3小时前": "2025-11-10T09:00:30+08:00 hour",
    "2小時前": "2025-11-10T10:00:30+08:00 hour",
    "1小时23分钟前": "2025-11-10T10:37:30+08:00 minute",
    "今天 08:30": "2025-11-10T08:30:00+08:00 minute",
    "昨天": "2025-11-09 day",
    "昨天 12:30": "2025-11-09T12:30:00+08:00 minute",
    "前天": "2025-11-08 day",
    "2天前": "2025-11-08 day",
    "两天前": "2025-11-08 day",
    "3周前": "2025-10-20 week",
    "上周": "2025-11-03 week",
    "1个月前": "2025-10-10 month",
    "半年前": "2025-05-10 month",
    "2个月前 (02-03)": "2025-02-03 day",
    "1年前 (2024-05-06)": "2024-05-06 day",
}


def _said(found: Published | None) -> str | None:
    return f"{(found.at or found.on).isoformat()} {found.precision}" if found else None


@pytest.mark.parametrize("written", SHOWN)
def test_every_form_beside_the_title(written: str) -> None:
    found = _published(
        f"<div class='info'>发布时间：<span>{written}</span> 来源：西岸日报 浏览：12</div>"
    )

    assert _said(found) == SHOWN[written]
    assert found is not None
    assert found.evidence == written


DECLARED = {
    "<meta property='article:published_time' content='2025-10-24T23:30:00+00:00'>": "2025-10-25T07:30:00+08:00 second",
    "<meta property='bytedance:published_time' content='2025-10-24T08:30:00+08:00'>": "2025-10-24T08:30:00+08:00 second",
    "<meta name='PubDate' content='2025-10-24 08:30'>": "2025-10-24T08:30:00+08:00 minute",
    "<meta name='publishdate' content='20251024083005'>": "2025-10-24T08:30:05+08:00 second",
    "<meta itemprop='datePublished' content='2025-10-24'>": "2025-10-24 day",
    "<meta content='a < b'><meta\nITEMPROP = datePublished content=2025-10-24>": "2025-10-24 day",
    "<meta content='a <b' itemprop='datePublished' datetime='2025-10-24'>": "2025-10-24 day",
    '<script type="application/ld+json">{"@type":"Article","datePublished":"2025-10-24T08:30:00+08:00"}</script>': "2025-10-24T08:30:00+08:00 second",
    '<script type="application/ld+json">{"@context":"x","pubDate":"2025-10-24T08:30:00","title":"a\n"b"}</script>': "2025-10-24T08:30:00+08:00 second",
    '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","datePublished":"2025-10-24"}]}</script>': "2025-10-24 day",
}


@pytest.mark.parametrize("head", DECLARED)
def test_every_form_for_machines(head: str) -> None:
    assert _said(_published(head=head)) == DECLARED[head]


PLACED = {
    "<p><time datetime='2025-10-24T08:30:00+08:00'>前几天</time></p>": "attribute datetime beside the title",
    "<p>发表于 <span title='2025-10-24 08:30:00'>17 天前</span></p>": "attribute title beside the title",
    "<p>2025-10-24 08:30:00 周敏</p>": "beside the title",
    "<p>更新：2025-11-02 发布时间：2025-10-24 08:30:00</p>": "beside the title, labelled",
}


@pytest.mark.parametrize("info", PLACED)
def test_it_is_said_where_the_date_was_read(info: str) -> None:
    found = _published(info)

    assert found is not None
    assert (found.on.isoformat(), found.place) == ("2025-10-24", PLACED[info])


def test_a_leaf_of_a_calendar_tells_the_date() -> None:
    leaf = "<div class='poster-date'><div class='poster-date-day'>21</div><div class='poster-date-year'>2025 10</div></div>"

    assert _said(_published(leaf)) == "2025-10-21 day"


def test_a_day_after_midnight_in_beijing_is_that_day_although_it_is_yesterday_elsewhere() -> None:
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>2025-11-11 00:20</p>{BODY}"
    found = extract(Page(html=html, fetched_at=datetime(2025, 11, 10, 16, 30, tzinfo=UTC)))

    assert isinstance(found, Article)
    assert _said(found.published) == "2025-11-11T00:20:00+08:00 minute"


@pytest.mark.parametrize(
    "info",
    [
        "",
        "<div class='info'>作者：周敏 浏览：2024</div>",
        "<div class='info'>发布时间：2031-01-01</div>",  # after it was fetched
        "<div class='intro'>2019年5月1日，当事人在某平台借了五万元，期限一年，后来没有还清，平台把他告上了法庭。</div>",
        "<div class='info'>今天是2025年11月10日 星期一</div>",
        "<div class='info'>编号：2023-0456-12 电话：010-2024-1105</div>",
    ],
    ids=["nothing", "a count", "the future", "a summary", "today", "numbers"],
)
def test_what_is_no_date_of_the_article_is_none(info: str) -> None:
    assert _published(info) is None


@pytest.mark.parametrize(
    "url", ["/2024/08/17.html", "/20240817.html", "/news/2024-08/17/c_1.htm", "/?id=20240817"]
)
def test_a_number_in_the_address_is_no_date(url: str) -> None:
    assert _published(url=url) is None


@pytest.mark.parametrize(
    "below",
    [
        "<p class='nav'>上一篇：<a href='/1'>催收电话打给家人怎么办</a> 2025-10-20</p>",
        "<div class='comment'><b>张三</b> 2025-11-01 10:00 <p>写得不错，谢谢。</p></div>",
        "<p>本文有效期至 2027-01-01</p>",
    ],
)
def test_what_stands_below_without_a_label_is_no_date_of_it(below: str) -> None:
    assert _published(below=below) is None


def test_an_update_does_not_hide_the_day_of_publication() -> None:
    head = "<meta property='article:modified_time' content='2025-11-05T00:00:00+08:00'>"

    assert (
        _said(_published("<p>更新时间：2025-11-05 发布日期：2025-10-24</p>", head=head))
        == "2025-10-24 day"
    )
