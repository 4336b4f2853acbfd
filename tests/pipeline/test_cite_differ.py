"""Which differences between a quotation and the law make another rule."""

import pytest

from pipeline.cite.differ import difference

LAW = (
    "船长自靠岸之日起三十日内未点名的，应当向每名船员支付二倍的鱼干；"
    "缆绳由出借人保管，不得转借给岸上的猫。"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("三十日", "十五日"),
        ("三十日", "三个月"),
        ("二倍", "三倍"),
        ("应当向", "可以向"),
        ("不得转借", "可以转借"),
        ("出借人", "借款人"),
        ("未点名", "点名"),
    ],
)
def test_another_number_party_or_duty_is_another_rule(old: str, new: str) -> None:
    diff = difference(LAW.replace(old, new), LAW)
    assert diff is not None
    assert [each for each in diff.differences if each.matters], diff
    assert diff.similarity < 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("三十日", "30日"),
        ("三十日", "一个月"),
        ("应当向", "必须向"),
        ("，", ","),
        ("支付", "给付"),
        ("二倍的", "两倍的"),
        ("船长自靠岸之日起三十日内未点名的，", "……"),
    ],
)
def test_a_slip_of_the_pen_is_not(old: str, new: str) -> None:
    diff = difference(LAW.replace(old, new), LAW)
    assert diff is not None
    assert [each for each in diff.differences if each.matters] == []
    assert diff.similarity > 0.9


def test_the_same_words_are_wholly_alike() -> None:
    diff = difference("应当向每名船员支付2倍的鱼干", LAW)
    assert diff is not None
    assert (diff.similarity, diff.differences) == (1.0, ())


def test_nothing_is_like_nothing() -> None:
    assert difference("……", LAW) is None
    assert difference("xyz", "甲乙丙丁") is None
