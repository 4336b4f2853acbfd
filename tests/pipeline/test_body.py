"""Which element holds the article, where others have text too."""

import pytest
from lxml import html
from lxml.html import HtmlElement

from pipeline.body import container, is_cut_off, is_prose, teasers
from pipeline.lines import Line
from pipeline.opinion import second_container
from pipeline.reader import read_lines

TITLE = "借条丢了还能要回钱吗"
PROSE = (
    "能，但是要用别的证据证明钱借出去了，比如转账记录和聊天记录。",
    "电话录音也行，录之前不必告诉对方，只要不侵犯别人的隐私。",
    "没有这些，还可以让对方写一份还款计划，那也是承认借款。",
)
TEXT = "".join(f"<p>{line}</p>" for line in PROSE)


def _lines(markup: str) -> list[Line]:
    return read_lines(html.fromstring(f"<html><body>{markup}</body></html>"))


def _container(markup: str) -> HtmlElement:
    found = container(_lines(markup), TITLE)
    assert found is not None
    return found


def test_prose_has_a_sentence_and_few_links() -> None:
    sentence, label, link = _lines(
        f"<p>{PROSE[0]}</p><p>浏览次数</p><p><a href=/1>{PROSE[1]}</a></p>"
    )

    assert is_prose(sentence)
    assert not is_prose(label)
    assert not is_prose(link)


def test_dots_cut_off_a_summary_but_not_a_sentence_that_trails_off() -> None:
    cut, six, single, trailing = _lines(
        "<p>能，但是要用别的...</p><p>能，但是......</p><p>能，但…</p><p>他没有再说下去……</p>"
    )

    assert is_cut_off(cut)
    assert is_cut_off(six)
    assert is_cut_off(single)
    assert not is_cut_off(trailing)


def test_finds_the_element_of_the_text_not_the_page() -> None:
    aside = f"<div class=sidebar><p>{PROSE[0]}</p></div>"

    found = _container(f"<div><h1>{TITLE}</h1><div id=text>{TEXT}</div>{aside}</div>")

    assert found.get("id") == "text"


def test_a_short_article_wins_over_longer_summaries_of_others() -> None:
    others = "".join(
        f"<div><h3><a href=/{n}>别的文章第{n}篇</a></h3><p>{PROSE[1]}{PROSE[2]}</p></div>"
        for n in range(6)
    )

    found = _container(f"<h1>{TITLE}</h1><div id=text><p>{PROSE[0]}</p></div><div>{others}</div>")

    assert found.get("id") == "text"


def test_a_footer_is_no_article() -> None:
    footer = f"<div><p>{PROSE[0]}</p>{TEXT}<p>Copyright © 2001-2026 版权所有</p></div>"

    found = _container(f"<div id=text><p>{PROSE[0]}</p><p>{PROSE[1]}</p></div>{footer}")

    assert found.get("id") == "text"


def test_climbs_over_a_text_in_parts_and_stops_before_links() -> None:
    links = (
        "<ul>" + "".join(f"<li><a href=/{n}>别的文章第{n}篇</a></li>" for n in range(9)) + "</ul>"
    )
    parts = f"<section>{TEXT}</section><section><h2>再说一点</h2>{TEXT}</section>"

    found = _container(f"<div><div id=text>{parts}</div>{links}</div>")

    assert found.get("id") == "text"


def test_paragraphs_right_in_the_body_are_a_text() -> None:
    assert _container(f"<h1>{TITLE}</h1>{TEXT}").tag == "body"


def test_two_summaries_are_no_list_of_them() -> None:
    pair = f"<h3><a href=/1>别的一篇文章的标题</a></h3><p>{PROSE[0]}</p>"

    assert not teasers(_lines(pair * 2))
    assert len(teasers(_lines(pair * 3))) == 3


def test_without_prose_there_is_no_container() -> None:
    assert container(_lines("<p>短</p><p><a href=/>长长的链接，还有标点。</a></p>"), TITLE) is None


def test_verse_is_found_by_the_second_opinion() -> None:
    verse = "".join(
        f"<p>{line}</p>"
        for line in ("夜深还亮着灯", "一行一行写下", "欠条与承诺", "天亮送去法院") * 4
    )
    page = f"<html><body><div><h1>{TITLE}</h1><div id=text>{verse}</div></div></body></html>"

    found = second_container(page, read_lines(html.fromstring(page)))

    assert found is not None
    assert found.get("id") == "text"


@pytest.mark.parametrize("name", ["", " class=para"])
def test_paragraphs_in_divs_of_one_make_speak_for_the_box_around_them(name: str) -> None:
    summary = f"<div><div><b>摘要</b>：{PROSE[0]}</div></div>"
    text = "".join(f"<div{name}>{line}</div>" for line in PROSE)
    markup = f"<h1>{TITLE}</h1>{summary}<table><tr><td id=text>{text}</table>"

    assert PROSE[2] in "".join(_container(markup).itertext())


def test_a_nameless_div_of_many_lines_is_a_box_itself() -> None:
    text = f"<div>{'<br><br>'.join(PROSE)}</div>"
    ask = "<div><b>发布咨询</b> 没找到您需要的？我们的律师随时在线为您服务</div>"
    related = "<div><b>相关问题</b><ul><li>好</ul></div>"
    markup = f"<div><h1>{TITLE}</h1><div>2025-01-02</div>{text}{related}{ask}</div>"

    assert "发布咨询" not in "".join(_container(markup).itertext())
