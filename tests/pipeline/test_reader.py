"""What a browser would set as lines is what the reader returns."""

from lxml import html

from pipeline.lines import Line, LineKind, fold, squeeze
from pipeline.reader import read_lines


def _lines(markup: str) -> list[Line]:
    return read_lines(html.fromstring(f"<div>{markup}</div>"))


def _texts(markup: str) -> list[str]:
    return [line.marked for line in _lines(markup)]


def test_blocks_and_breaks_end_lines_and_inline_elements_do_not() -> None:
    assert _texts("<p>借款<b>三万</b>元，<br>年底<i>归还</i>。</p>尾巴") == [
        "借款三万元，",
        "年底归还。",
        "尾巴",
    ]


def test_list_items_carry_marks() -> None:
    markup = "<ul><li>甲</li><li><p>乙</p><p>乙之二</p></li></ul><ol start=3><li>丙<li>丁</ol>"

    assert _texts(markup) == ["- 甲", "- 乙", "乙之二", "3. 丙", "4. 丁"]


def test_scripts_styles_forms_and_comments_are_not_read() -> None:
    markup = "<script>1</script><style>x</style>甲<!-- 乙 --><select><option>丙</select>丁"

    assert _texts(markup) == ["甲丁"]


def test_a_row_of_a_data_table_is_a_line() -> None:
    markup = "<table><tr><th>项目<th>金额<tr><td>误工费<td>3000元</table>"

    lines = _lines(markup)

    assert [line.text for line in lines] == ["项目 | 金额", "误工费 | 3000元"]
    assert {line.kind for line in lines} == {LineKind.ROW}


def test_a_layout_table_falls_apart() -> None:
    prose = "房东不退押金，租客可以先协商，再起诉。" * 10
    markup = f"<table><tr><td>栏目<td>{prose}</tr><tr><td>热点<td><p>另一段<p>文字</table>"

    assert _texts(markup) == ["栏目", prose, "热点", "另一段", "文字"]


def test_knows_links_hidden_lines_and_captions() -> None:
    markup = (
        "<p><a href=/1>全是链接</a></p><p style='display: none'>藏起来</p>"
        "<p><img src=a.jpg></p><p>图下的字</p><p>别的字</p>"
    )

    linked, hidden, caption, plain = _lines(markup)

    assert linked.link_share == 1
    assert hidden.is_hidden
    assert caption.after_image
    assert not plain.after_image


def test_the_spaced_text_keeps_elements_apart() -> None:
    (line,) = _lines("<div><span>王律师</span><span>3天前</span><span>12</span></div>")

    assert line.text == "王律师3天前12"
    assert line.spaced == "王律师 3天前 12"


def test_wrapped_source_does_not_split_a_citation() -> None:
    assert _texts("<p>依照民法典第五百\n  七十七条处理</p>") == ["依照民法典第五百七十七条处理"]


def test_a_source_line_that_ends_with_its_sentence_is_a_line() -> None:
    assert _texts("<p>先协商。\n再起诉。</p>") == ["先协商。", "再起诉。"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert _texts("<pre>第一行\n第二行</pre>") == ["第一行", "第二行"]


def test_lines_that_a_style_shows_as_they_are_typed_are_lines() -> None:
    assert _texts('<div style="white-space: pre-wrap">第一步\n先留证据\n\n第二步</div>') == [
        "第一步",
        "先留证据",
        "第二步",
    ]


def test_a_source_line_that_is_set_in_begins_a_paragraph() -> None:
    assert _texts("<div>　　一、先留证据\n　　二、再去投诉\n  工资条</div>") == [
        "一、先留证据",
        "二、再去投诉工资条",
    ]


def test_folding_and_squeezing() -> None:
    assert fold("ＡBc，１ 2！") == "abc12"
    assert squeeze(" 甲\n\t乙 ") == "甲 乙"
