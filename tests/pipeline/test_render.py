"""trafilatura strips and prints; what is text by evidence comes through whole and in order."""

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.lines import Line
from pipeline.opinion import MAX_LINES
from pipeline.reader import read_lines
from pipeline.render import Rendered, render

FIRST = "房东收了押金，退租时以墙面脏污为由不还，租客该怎么办？"
SECOND = "先把房屋交接时的照片找出来，再请房东列出扣款的明细。"
THIRD = "依照民法典第五百七十七条，不按约定退还的，要承担违约责任。"
LINK = "<p><a href=/2>点这里看租房合同范本大全下载</a></p>"


def _render(markup: str) -> Rendered:
    root = html.fromstring(f"<div>{markup}</div>")
    return render(read_lines(root), root, "房东不退押金")


def _texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_prints_paragraphs_headings_items_and_rows_a_line_each() -> None:
    markup = (
        f"<h2>经过</h2><p>{FIRST}<br>{SECOND}</p><ul><li>合同<li>收据</ul>"
        "<ol start=2><li>协商<br>留下记录<li>起诉</ol>"
        f"<table><tr><th>项目<th>数额<tr><td>押金<td></table><blockquote>{THIRD}</blockquote>"
    )

    rendered = _render(markup)

    assert rendered.extractor == "trafilatura"
    assert rendered.text.splitlines() == [
        "经过", FIRST, SECOND, "- 合同", "- 收据", "2. 协商", "留下记录", "3. 起诉",
        "项目 | 数额", "押金", THIRD,
    ]  # fmt: skip


def test_a_promotion_that_is_all_link_is_stripped() -> None:
    rendered = _render(f"<p>{FIRST}</p>{LINK}<p>{SECOND}</p>")

    assert rendered.text.splitlines() == [FIRST, SECOND]
    assert _texts(rendered.lines) == [FIRST, SECOND]
    assert rendered.extractor == "trafilatura"


def test_a_widget_that_names_itself_is_stripped() -> None:
    markup = f"<p>{FIRST}</p><div class=art-meta>调整字体</div><p>{SECOND}</p>"

    assert _render(markup).text.splitlines() == [FIRST, SECOND]


def test_prose_and_citations_come_back_with_the_labels_beside_them() -> None:
    boxed = f"<p>第一步</p><p>{SECOND}</p>{LINK}<p>{THIRD}</p>"

    rendered = _render(f"<p>{FIRST * 3}</p><div class=related>{boxed}</div><p>{FIRST}</p>")

    assert rendered.text.splitlines() == [FIRST * 3, "第一步", SECOND, THIRD, FIRST]
    assert rendered.extractor == "trafilatura+kept 3"


def test_a_link_that_cites_a_statute_is_kept() -> None:
    link = "<p><a href=/577>民法典第五百七十七条</a></p>"

    rendered = _render(f"<p>{FIRST}</p>{link}<p>{SECOND}</p>")

    assert rendered.text.splitlines() == [FIRST, "民法典第五百七十七条", SECOND]
    assert rendered.extractor == "trafilatura+kept 1"


def test_where_trafilatura_finds_next_to_nothing_the_lines_are_the_text() -> None:
    rendered = _render(LINK * 3)

    assert rendered.text.count("\n") == 2
    assert rendered.extractor == "lines"


def test_lines_that_look_like_marks_and_markup_come_out_as_they_are() -> None:
    lines = [
        "- 甲方应当在三日内退还押金。",
        "| 项目 | 数额 |",
        "网页里写作 &lt;p&gt; 的，显示为 <p>。",
        "1. 先协商，再起诉。",
    ]

    rendered = _render("".join(f"<p>{escape(line)}</p>" for line in lines))

    assert rendered.text.splitlines() == lines
    assert rendered.extractor == "trafilatura"


def test_a_page_of_too_many_lines_does_without_trafilatura() -> None:
    rendered = _render(f"<p>{SECOND}</p>" * (MAX_LINES + 1))

    assert rendered.extractor == "lines"
    assert rendered.text.count("\n") == MAX_LINES


def test_nothing_chosen_is_no_text() -> None:
    assert _render("").text == ""


_WORDS = st.sampled_from((FIRST, SECOND, THIRD, FIRST * 8, "一、经过", "- 收据", "&lt;", "|", "QQ"))
_TAGS = st.sampled_from(("p", "h2", "li", "blockquote", "td", "div class=share", "p class=hidden"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TAGS, _WORDS), max_size=12))
def test_no_prose_is_lost_and_nothing_is_added_or_moved(parts: list[tuple[str, str]]) -> None:
    root = html.fromstring(
        f"<div>{''.join(f'<{tag}>{text}</{tag.split()[0]}>' for tag, text in parts)}</div>"
    )
    lines = read_lines(root)

    rendered = render(lines, root, "房东不退押金")

    ours = [line.marked for line in lines]
    remaining = iter(ours)
    assert all(text in remaining for text in rendered.text.splitlines())  # a subsequence
    prose = {line.text for line in lines} & {FIRST, SECOND, THIRD, FIRST * 8}
    assert all(text in rendered.text for text in prose)
