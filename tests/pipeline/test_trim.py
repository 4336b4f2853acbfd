# ruff: noqa: E501 - markup with Chinese text, which counts double
"""Head, tail and boxes of a text: evidence, not words, and never a cited statute."""

import pytest
from lxml import html

from pipeline.furniture import is_bare_date, is_credit, is_info, is_notice, is_picture_credit
from pipeline.reader import read_lines
from pipeline.trim import trim

TITLE = "试用期被辞退有没有补偿"
FIRST = "试用期也受劳动合同法保护，公司不能想辞就辞，要有理由。"
SECOND = "公司要证明员工不符合录用条件，而且录用条件事先告知过。"


def _trimmed(inside: str, above: str = f"<h1>{TITLE}</h1>") -> list[str]:
    root = html.fromstring(f"<html><body>{above}<div id=text>{inside}</div></body></html>")
    return [line.text for line in trim(read_lines(root), root.get_element_by_id("text"), TITLE)]


@pytest.mark.parametrize(
    "late",
    [
        TITLE,
        f"{TITLE}，本文由北桥律师原创，不得转载。",
        f"{FIRST[:20]}...",
        "责任编辑：周敏",
        "【纠错】【责任编辑：周敏】",
        "周敏 本文来源：北桥日报 责任编辑：周敏_BQ12",
        "（来源：北桥日报）",
        "版权声明：转载请注明出处。",
        "【1】【2】【3】",
        "#劳动法 #试用期",
        "上一篇：加班费怎么算",
        "* * *",
        "最后修改：2025 年 03 月 20 日",
        "© 允许规范转载",
        "如果觉得这篇文章有用，请随意赞赏",
    ],
)
def test_drops_what_stands_at_the_tail_and_is_not_the_text(late: str) -> None:
    assert _trimmed(f"<p>{FIRST}</p><p>{SECOND}</p><p>{late}</p>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "late",
    [
        "依照《劳动合同法》第三十九条处理...",
        "声明：劳动合同法第二十一条另有规定。",
        "以上内容仅供参考，具体案件还要看证据。",
        "1995年1月1日",
        "那天以后他再没有回来……",
    ],
)
def test_keeps_what_may_be_the_text(late: str) -> None:
    assert _trimmed(f"<p>{FIRST}</p><p>{SECOND}</p><p>{late}</p>") == [FIRST, SECOND, late]


def test_a_repeated_title_goes_with_what_stands_before_it() -> None:
    inside = f"<p>首页</p><p>{TITLE}</p><p>2026-01-02</p><p>{FIRST}</p>"

    assert _trimmed(inside, above="") == [FIRST]


def test_a_title_in_the_middle_is_a_heading() -> None:
    inside = f"<p>典型案例</p><p>人社局发布</p><h2>{TITLE}</h2><p>{FIRST}</p>"

    assert _trimmed(inside) == ["典型案例", "人社局发布", TITLE, FIRST]


def test_a_copyright_line_goes_even_if_the_title_cites_a_statute() -> None:
    title = "劳动合同法第三十九条说了什么"
    root = html.fromstring(
        f"<html><body><h1>{title}</h1><div id=text><p>{FIRST}</p><p>{title}，本文为北桥律师原创。</p>"
        f"<p>{title}，见该法第四十条。</p></div></body></html>"
    )

    kept = trim(read_lines(root), root.get_element_by_id("text"), title)

    assert len(kept) == 3
    root.get_element_by_id("text")[-1].drop_tree()
    assert len(trim(read_lines(root), root.get_element_by_id("text"), title)) == 1


def test_a_box_of_links_goes_wherever_it_stands() -> None:
    box = "<div><b>重点推荐</b><p><a href=/1>年终奖该不该发</a></p><p><a href=/2>竞业限制的补偿</a></p></div>"

    assert _trimmed(f"<p>{FIRST}</p>{box}<p>{SECOND}</p>") == [FIRST, SECOND]


def test_a_single_link_in_the_text_stays() -> None:
    assert (
        len(_trimmed(f"<p>{FIRST}</p><p><a href=/1>附：仲裁申请书模板</a></p><p>{SECOND}</p>")) == 3
    )


def test_captions_that_recur_or_repeat_the_title_go() -> None:
    image = "<p><img src=1.jpg></p>"
    inside = f"{image}<p>网友供图</p><p>{FIRST}</p>{image}<p>网友供图</p>{image}<p>{TITLE}</p><p>{SECOND}</p>"

    assert _trimmed(inside) == [FIRST, SECOND]


def test_pairs_of_linked_title_and_cut_off_summary_go() -> None:
    pair = "<h3><a href=/1>年终奖该不该发</a></h3><p>年终奖是不是工资，要看公司的规定和...</p>"

    assert _trimmed(f"<p>{FIRST}</p><p>{SECOND}</p>{pair * 2}") == [FIRST, SECOND]


def test_wording_of_furniture() -> None:
    assert is_credit("作者：周敏")
    assert not is_credit("作者写这本书用了十年")
    assert is_notice("未经本站授权，不得转载")
    assert not is_notice("打印机坏了也要赔吗")
    assert is_info("2026-01-02 08:30 北桥网")
    assert not is_info("2026年1月2日，法院受理了此案。")
    assert is_bare_date("2026年1月2日")
    assert not is_bare_date("2026年1月2日起施行")
    assert is_picture_credit("图片来自网络")
