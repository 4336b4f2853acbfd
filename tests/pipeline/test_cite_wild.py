"""Ways of writing met on pages that nobody had looked at while the rules were written."""

import pytest

from tests.pipeline.test_cite import Short, found

COURT = "最高人民法院"
LABOUR = f"{COURT}关于审理劳动争议案件适用法律问题的解释"


def cited(text: str) -> list[tuple[str, str]]:
    return [(citation.raw, Short.of(citation).place) for citation in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《中华人民共和国合同法》:第六十条", [("《中华人民共和国合同法》:第六十条", "60")]),
        (
            "所引:《中华人民共和国合同法》：第八条，第六十条；《中华人民共和国担保法》：第六条",
            [
                ("《中华人民共和国合同法》：第八条", "8"),
                ("第六十条", "60"),
                ("《中华人民共和国担保法》：第六条", "6"),
            ],
        ),
        ("继承法总则第七条", [("继承法总则第七条", "7")]),
        (
            "《民法典》第三编第十二章第六百七十九条",
            [("《民法典》第三编第十二章第六百七十九条", "679")],
        ),
        ("依民诉第六十七条", [("民诉第六十七条", "67")]),
    ],
)
def test_what_stands_between_a_law_and_its_article(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert cited(text) == expected


def test_a_note_on_who_passed_a_norm_is_no_part_of_a_citation() -> None:
    text = (
        f"{LABOUR}（一）\n（2020年12月25日由审判委员会第1825次会议通过，2021年1月1日起施行）\n"
        "第三十六条 约定了竞业限制的"
    )
    assert cited(text) == [(f"{LABOUR}（一）", ""), ("第三十六条", "36")]
    assert {citation.canonical for citation in found(text)} == {f"{LABOUR}（一）"}


@pytest.mark.parametrize(
    ("text", "raw", "law", "place"),
    [
        (
            f"《{LABOUR}（二）》（法释〔2025〕12号，以下简称《解释二》）出台后，《解释二》第九条很受关注",
            "《解释二》第九条",
            f"{LABOUR}（二）",
            "9",
        ),
        (
            f"《{LABOUR}（二）》（下称“《劳动解释二》”）里，《劳动解释二》第九条很受关注",
            "《劳动解释二》第九条",
            f"{LABOUR}（二）",
            "9",
        ),
        (
            "我国加入了《联合国国际货物销售合同公约》，按照公约第35条第1款交货",
            "公约第35条第1款",
            "联合国国际货物销售合同公约",
            "35 p1",
        ),
        (
            "《工伤保险条例》已修订，根据条例第十四条认定",
            "条例第十四条",
            "工伤保险条例",
            "14",
        ),
    ],
)
def test_short_names_and_kinds_stand_for_the_norm_named_before(
    text: str, raw: str, law: str, place: str
) -> None:
    last = found(text)[-1]
    assert (last.raw, last.canonical, Short.of(last).place) == (raw, law, place)


@pytest.mark.parametrize(
    "text",
    [
        "业主公约第三条写得清楚",
        "第八条 甲方逾期交货的，应向乙方支付违约金。\n第九条 本合同一式两份。",
        "第二条、借款人保证按本合同第1条的约定还款。前款约定的利率不变。",
        "第三条 员工上下班须打卡。\n第四条 违反此条的，扣发奖金。",
        "第1条 职工的管理依本制度办理;第二条本制度所称职工是指在册人员;第三条试用人员参照本制度。",
    ],
)
def test_clauses_of_contracts_and_house_rules_are_no_citations(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("《监察法》第三十一条作了规定，该条为从宽处理提供了依据。", "该条"),
        ("《监察法》第三十一条作了规定。本条解释的是从宽建议。", "本条"),
        ("《监察法》第三十一条作了规定，该条对从宽作了限制。", "该条"),
    ],
)
def test_an_article_is_pointed_back_to(text: str, raw: str) -> None:
    last = found(text)[-1]
    assert (last.raw, last.article) == (raw, 31)


@pytest.mark.parametrize(
    "text", ["《刑法》第三条。该条线路", "《刑法》第三条。本条微博", "该条对话"]
)
def test_what_is_counted_in_the_same_word_is_no_article(text: str) -> None:
    assert [place for _, place in cited(text) if place != "3"] == []


def test_headings_with_a_name_in_brackets_belong_to_the_law_above_them() -> None:
    text = "《刑法》\n\n第二十七条\n\n【从犯】从犯应当从轻。\n\n第二百六十四条\n\n【盗窃罪】盗窃的"
    assert [place for _, place in cited(text)] == ["27", "264"]


@pytest.mark.parametrize(
    "text",
    [
        "《超龄劳动者基本权益保障暂行规定（公开征求意见稿）》",
        "《国税地税征管体制改革方案》",
    ],
)
def test_drafts_and_reform_plans_are_norms(text: str) -> None:
    assert cited(text) == [(text, "")]


def test_the_first_articles_of_a_norm_cite_nothing() -> None:
    text = (
        "某某信息出境办法\n第一条为了规范出境，制定本办法。\n第二条向境外提供信息的，适用本办法。"
    )
    assert [raw for raw, _ in cited(text) if raw.startswith("第")] == []


def test_a_decision_called_the_notice_is_no_norm_each_time_that_it_is_named() -> None:
    text = "收到《终止特许协议通知》（以下简称《通知》）。《通知》写明了理由，《通知》已生效。"
    assert len(cited(text)) <= 2


def test_of_several_acts_of_a_name_only_one_counts_so_far() -> None:
    (one,) = found("《民法典》婚姻家庭编司法解释第七十八条")
    assert one.canonical == f"{COURT}关于适用〈中华人民共和国民法典〉婚姻家庭编的解释（一）"
    (several,) = found("《民法典》婚姻家庭编司法解释第七条")
    assert several.verdict == "ambiguous"
