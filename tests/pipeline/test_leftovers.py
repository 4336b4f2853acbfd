# ruff: noqa: E501 - markup with Chinese text, which counts double
"""What boxes leave behind in a text, by the evidence beside it; the same words alone stay."""

import pytest
from lxml import html

from pipeline.reader import read_lines
from pipeline.trim import trim

TITLE = "网购的家具缺了一块板"
FIRST = "收货当天就要拍照，把包装和缺件的地方都拍清楚，别急着组装。"
SECOND = "商家不肯补发的，可以找平台介入，平台会看照片和聊天记录。"
LAST = "补发超过半个月的，退款更省心，运费由商家承担。"


def _trimmed(inside: str) -> list[str]:
    root = html.fromstring(f"<html><body><h1>{TITLE}</h1><div id=text>{inside}</div></body></html>")
    return [line.text for line in trim(read_lines(root), root.get_element_by_id("text"), TITLE)]


def test_a_label_goes_with_the_link_below_it_in_the_middle_of_a_text() -> None:
    label = "<p><b>延伸阅读</b></p><p><a href=/2>床垫开封了还能退吗</a></p>"

    assert _trimmed(f"<p>{FIRST}</p>{label}<p>{SECOND}</p>") == [FIRST, SECOND]
    assert _trimmed(f"<p>{FIRST}</p><p><b>延伸阅读</b></p><p>{SECOND}</p>") == [
        FIRST,
        "延伸阅读",
        SECOND,
    ]


@pytest.mark.parametrize("mark", ["广告", "廣告", "- 广告 -", "ADVERTISEMENT"])
def test_the_mark_of_an_ad_goes_where_it_stands_alone(mark: str) -> None:
    assert _trimmed(f"<p>{FIRST}</p><div>{mark}</div><p>{SECOND}</p>") == [FIRST, SECOND]


def test_an_item_of_a_list_may_say_so() -> None:
    inside = f"<p>{FIRST}</p><ul><li>广告<li>代言</ul><p>{SECOND}</p>"

    assert _trimmed(inside) == [FIRST, "广告", "代言", SECOND]


def test_a_box_named_ad_goes_though_it_speaks_in_sentences() -> None:
    ad = "<div class='ad-consult'><p>退货纠纷复杂，不妨直接问问专业人士</p><p>不满意退款</p></div>"

    assert _trimmed(f"<p>{FIRST}</p>{ad}<p>{SECOND}</p><p>{LAST}</p>") == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("end", ["- END -", "（完）", "THE END", "全文完"])
def test_what_follows_the_line_that_ends_a_text_goes_with_it(end: str) -> None:
    after = "<p>文字：小鱼</p><p>排版：小虾</p><p>读到这里的人都很好看</p>"

    assert _trimmed(f"<p>{FIRST}</p><p>{SECOND}</p><p>{end}</p>{after}") == [FIRST, SECOND]


def test_a_line_that_ends_one_part_of_many_ends_nothing() -> None:
    inside = f"<p>{FIRST}</p><p>完</p><p>{SECOND}</p><p>{LAST}</p>"

    assert _trimmed(inside) == [FIRST, "完", SECOND, LAST]


@pytest.mark.parametrize(
    "call",
    [
        "点击上方蓝字关注我们",
        "长按下方二维码关注",
        "点个“在看”，让更多人看到",
        "扫一扫，加客服微信",
        "扫码关注本公众号",
        "更多精彩，尽在南门生活APP",
        "打开南门生活APP，查看全文",
    ],
)
def test_calls_to_follow_go_at_either_end(call: str) -> None:
    inside = f"<p>{call}</p><p>{FIRST}</p><p>{SECOND}</p><p>{call}</p>"

    assert _trimmed(inside) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("late", "stays"),
    [
        ("如需法律帮助，请拨打13800001111（微信同号）。", False),
        ("本文由南门律师事务所整理，欢迎致电027-88880000咨询。", False),
        ("如有疑问，建议尽早咨询专业律师，保留好证据。", True),
        ("咨询电话：027-88880000，工作日九点到五点。", True),
    ],
)
def test_a_law_firm_s_number_closes_no_text_but_advice_and_an_office_s_number_do(
    late: str, stays: bool
) -> None:
    kept = [FIRST, SECOND, late] if stays else [FIRST, SECOND]

    assert _trimmed(f"<p>{FIRST}</p><p>{SECOND}</p><p>{late}</p>") == kept


def test_a_lawyer_s_card_with_its_boasts_and_buttons_is_no_text() -> None:
    card = (
        "<div class=tj><p>遇到类似问题？<a href=/ask>立即咨询律师</a></p><dl><dd><a href=/l/1>陈明律师</a> 已帮助 20,318 人 5分钟内响应</dd>"
        "<dd>擅长：消费维权 合同纠纷</dd><dd><a href=/ask>在线咨询</a><a href=tel:1>电话咨询</a></dd></dl></div>"
    )

    assert _trimmed(f"<p>{FIRST}</p>{card}<p>{SECOND}</p>") == [FIRST, SECOND]


def test_a_sentence_about_minutes_and_people_is_text() -> None:
    said = "平台说客服5分钟内响应，实际等了两个小时才有人回话。"

    assert _trimmed(f"<p>{FIRST}</p><div><p>{said}</p><p>好的</p></div><p>{SECOND}</p>") == [
        FIRST,
        said,
        "好的",
        SECOND,
    ]


def test_a_name_and_marked_days_open_no_text() -> None:
    head = "<header><span>陈小满</span><time datetime=2025-02-03>2025-02-03</time><time>2025-02-05</time></header>"

    assert _trimmed(f"{head}<p>{FIRST}</p><p>{SECOND}</p>") == [FIRST, SECOND]


def test_a_closing_line_that_tells_the_title_again_is_no_text() -> None:
    told = f"以上就是小编为您整理的关于“{TITLE}”的内容，还有问题欢迎咨询。"
    other = "以上就是处理这类纠纷的几个要点，还有问题可以咨询消协。"

    assert _trimmed(f"<p>{FIRST}</p><p>{SECOND}</p><p>{told}</p>") == [FIRST, SECOND]
    assert _trimmed(f"<p>{FIRST}</p><p>{SECOND}</p><p>{other}</p>") == [FIRST, SECOND, other]
