"""Each verdict that needs no statute text, and the refusals to accuse without proof."""

from datetime import date

import pytest

from pipeline.cite.check import CheckedCitation, cite
from pipeline.cite.context import Law
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.verify import verify
from pipeline.statutes import load_registry

TODAY = date(2026, 11, 21)
POLLUTION = "最高人民法院关于审理环境侵权责任纠纷案件适用法律若干问题的解释"
NOTICE = "关于规范民间借贷行为维护经济金融秩序有关事项的通知"


def only(text: str, day: date = date(2025, 6, 1)) -> CheckedCitation:
    (citation,) = cite(text, as_of=day, today=TODAY, registry=load_registry())
    return citation


@pytest.mark.parametrize(
    ("text", "day", "verdict"),
    [
        ("《民法典》第六百七十五条", date(2021, 1, 1), "in_force"),
        ("《民法典》第六百七十五条", date(2020, 12, 31), "not_yet_in_force"),
        ("《民法典》第一千二百六十条", date(2025, 1, 1), "in_force"),
        ("《民法典》第一千二百六十一条", date(2025, 1, 1), "no_such_article"),
        ("《民法典》第一千二百五十九条至第一千二百六十二条", date(2025, 1, 1), "no_such_article"),
        ("《民法典》第一千零六十三条之一", date(2025, 1, 1), "no_such_article"),
        ("《刑法》第三百八十八条之一", date(2025, 1, 1), "in_force"),
        ("《刑法》第三百八十八条之一", date(2009, 2, 27), "no_such_article"),
        ("《合同法》第一百零七条", date(2020, 12, 31), "in_force"),
        ("《合同法》第一百零七条", date(2021, 1, 1), "repealed"),
        ("《合同法》", date(2021, 1, 1), "repealed"),
        (f"《{POLLUTION}》第一条", date(2023, 8, 31), "in_force"),
        (f"《{POLLUTION}》第一条", date(2023, 9, 1), "repealed"),
        ("《民事诉讼法》第二百九十五条", date(2023, 8, 31), "no_such_article"),
        ("《民事诉讼法》第二百九十五条", date(2023, 12, 31), "not_yet_in_force"),
        ("《民事诉讼法》第二百九十五条", date(2024, 1, 1), "in_force"),
        ("《合同法司法解释》第十四条", date(2020, 1, 1), "ambiguous"),
        ("《中华人民共和国网络借贷法》第三条", date(2025, 1, 1), "unknown_law"),
        ("《滨海市养犬管理办法》第三条", date(2025, 1, 1), "unverifiable"),
        ("《上海市房屋租赁条例》第三条", date(2025, 1, 1), "unverifiable"),
    ],
)
def test_verdict_on_the_day(text: str, day: date, verdict: str) -> None:
    assert only(text, day).verdict == verdict


def test_today_is_judged_beside_the_day_asked_for() -> None:
    citation = only("《仲裁法》第九十条", date(2025, 6, 1))
    assert citation.verdict == "no_such_article"
    assert citation.verdict_today == "in_force"


def test_a_repealed_law_names_its_successor() -> None:
    citation = only("《婚姻法》第三十二条")
    assert citation.correction is not None
    assert citation.correction.canonical == "中华人民共和国民法典"
    assert "2021年1月1日废止" in citation.detail


def test_a_number_of_another_year_than_the_act_is_wrong() -> None:
    """The number of 2018 rests on memory, but so late a number contradicts the day of issue."""
    citation = only(f"《{NOTICE}》(银保监发〔2020〕10号)")
    assert citation.verdict == "wrong_document_number"
    assert citation.correction is not None
    assert citation.correction.doc_number == "银保监发〔2018〕10号"


def test_the_right_number_is_right_in_any_brackets() -> None:
    assert only(f"《{NOTICE}》（银保监发[2018]10号）").verdict == "in_force"


def test_another_serial_of_the_right_year_is_not_accused_on_memory_alone() -> None:
    assert only(f"《{NOTICE}》（银保监发〔2018〕11号）").verdict == "unverifiable"


def test_a_confirmed_number_accuses() -> None:
    text = "《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》（法释〔2021〕17号）"
    citation = only(text)
    assert citation.verdict == "wrong_document_number"
    assert citation.correction is not None
    assert citation.correction.doc_number == "法释〔2020〕17号"


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2014, 1, 1), "法释〔2015〕18号"),
        (date(2018, 1, 1), "法释〔2015〕18号"),
        (date(2020, 9, 1), "法释〔2020〕6号"),
        (date(2025, 1, 1), "法释〔2020〕17号"),
    ],
)
def test_the_number_of_the_version_in_force_is_named(day: date, number: str) -> None:
    citation = only("《民间借贷规定》（法释〔2021〕17号）第二十五条", day)
    assert citation.correction is not None
    assert citation.correction.doc_number == number


def test_a_number_earlier_than_the_act_may_be_of_a_former_act_of_its_title() -> None:
    title = "最高人民法院、最高人民检察院关于办理环境污染刑事案件适用法律若干问题的解释"
    assert only(f"《{title}》（法释〔2013〕15号）").verdict == "unverifiable"


def test_a_number_of_another_series_is_not_compared() -> None:
    text = "《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》（法发〔2020〕99号）"
    assert only(text).verdict == "in_force"


def test_unconfirmed_counts_never_accuse() -> None:
    citation = only("《商业银行互联网贷款管理暂行办法》第九十九条")
    assert citation.verdict == "unverifiable"
    assert "未经证实" in citation.detail


def test_an_article_of_a_norm_without_count_is_not_vouched_for() -> None:
    standard = "《互联网金融个人网络消费信贷贷后催收风控指引》"
    assert only(standard).verdict == "in_force"
    assert only(f"{standard}第十条").verdict == "unverifiable"


ACCUSING = {"repealed", "no_such_article", "not_yet_in_force", "wrong_document_number"}


def test_no_unconfirmed_act_is_ever_accused() -> None:
    registry = load_registry()
    doubtful = [act for act in registry.statutes if not act.is_confirmed]
    assert doubtful
    for act in doubtful:
        law = Law(title=act.title, candidates=(act,), start=0)
        for day in (date(1950, 1, 1), TODAY):
            finding = verify(law, Pinpoint(article=9998), None, day=day, registry=registry)
            assert finding.verdict not in ACCUSING, act.title


def test_no_unconfirmed_count_is_ever_held_against_an_article() -> None:
    registry = load_registry()
    for version in registry.versions:
        if not version.is_confirmed:
            act = registry.by_id[version.statute_id]
            law = Law(title=act.title, candidates=(act,), start=0)
            day = version.effective_from
            finding = verify(law, Pinpoint(article=9998), None, day=day, registry=registry)
            assert finding.verdict != "no_such_article", act.title


def test_nothing_is_held_against_a_citation_while_the_day_of_force_is_unsure() -> None:
    registry = load_registry()
    unsure = [v for v in registry.versions if "date: promulgation" in v.origin]
    assert unsure
    for version in unsure:
        act = registry.by_id[version.statute_id]
        law = Law(title=act.title, candidates=(act,), start=0)
        day = version.effective_from
        finding = verify(law, Pinpoint(article=9998), None, day=day, registry=registry)
        assert finding.verdict != "no_such_article", act.title


@pytest.mark.parametrize(
    "text",
    [
        "删除《民法典》第一千三百条。",
        "《民法典》第一千三百条修改为：“猫可以睡觉。”",
        "将《民法典》第一千三百条改为第十条。",
    ],
)
def test_a_provision_that_an_amendment_changes_has_its_number_of_before(text: str) -> None:
    assert (
        cite(text, as_of=TODAY, today=TODAY, registry=load_registry())[0].verdict == "unverifiable"
    )
