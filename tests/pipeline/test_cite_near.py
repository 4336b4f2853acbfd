"""Titles that are a slip away from an act's, and those that are acts of their own."""

from dataclasses import replace

import pytest

from pipeline.cite.near import near_title
from pipeline.statutes import load_registry


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("治安处罚管理法", "中华人民共和国治安管理处罚法"),
        ("消费者权益保障法", "中华人民共和国消费者权益保护法"),
        ("机动车交通事故强制责任保险条例", "机动车交通事故责任强制保险条例"),
        ("社会保险费征收暂行条例", "社会保险费征缴暂行条例"),
    ],
)
def test_a_slip_is_recognised(written: str, title: str) -> None:
    near = near_title(written, load_registry())
    assert near is not None
    assert (near.statute.title, near.is_wrong) == (title, True)


def test_a_title_without_its_filling_words_is_understood_and_not_wrong() -> None:
    near = near_title("国有土地上房屋征收补偿条例", load_registry())
    assert near is not None
    assert not near.is_wrong


@pytest.mark.parametrize(
    "written",
    [
        "网络借贷法",
        "未成年人权益保护法",
        "城镇房屋租赁条例",
        "道路交通安全法实施细则",
        "商业银行理财公司管理办法",
        "上海市物业管理规定",
        "最高人民法院关于适用〈中华人民共和国公司法〉若干问题的规定（九）",
        "劳动法",
    ],
)
def test_what_may_be_an_act_of_its_own_is_left_alone(written: str) -> None:
    assert near_title(written, load_registry()) is None


def test_no_act_would_be_taken_for_another_if_it_were_not_registered() -> None:
    """Each title is looked up in a registry without it: what is near then is an act of its own."""
    registry = load_registry()
    laws = [act for act in registry.statutes if act.kind in {"法律", "行政法规", "司法解释"}]
    mistaken = []
    for act in laws[::9]:
        others = tuple(other for other in registry.statutes if other is not act)
        without = replace(registry, version=f"without {act.statute_id}", statutes=others)
        near = near_title(act.title, without)
        if near and near.is_wrong:
            mistaken.append((act.title, near.statute.title))
    assert mistaken == []
