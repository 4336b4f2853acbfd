"""Sentences made to be hard, a class each: what must be found and where, and what must not."""

import pytest

from tests.pipeline.test_cite import Short, found


def places(text: str) -> list[str]:
    return [Short.of(citation).place for citation in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《劳动合同法》第四十四条第四项、第五项规定的情形", ["44 i4", "44 i5"]),
        ("违反《商业银行法》第三十五、三十六、三十八条的", ["35", "36", "38"]),
        ("个人信息保护法第十条第一款第（二）项至第（四）项", ["10 p1 i2~4"]),
        ("《刑法》第一百三十三条之一第一款", ["133-1 p1"]),
        ("《刑法》第一百三十三条之一、之二", ["133-1", "133-2"]),
        ("刑法第二百八十七条之一及之二第一款", ["287-1", "287-2 p1"]),
        (
            "《刑法》第一百三十三条之一第一款第（一）、（二）项及第二款",
            ["133-1 p1 i1", "133-1 p1 i2", "133-1 p2"],
        ),
        ("《行政处罚法》第三十二条（一）、（三）项", ["32 i1", "32 i3"]),
        ("《民法典》第143条、第146条第1款、第153条", ["143", "146 p1", "153"]),
        ("公司法第20条、第21条第1、2款及第23条", ["20", "21 p1", "21 p2", "23"]),
        ("《民事诉讼法》第六十七条、一百四十七条、二百六十条", ["67", "147", "260"]),
        ("《治安管理处罚法》第26条第1款第3项至第5项", ["26 p1 i3~5"]),
        ("《民法典》第667～680条", ["667~680"]),
        ("《民法典》第六百七十四条至第六百七十七条、第六百八十条", ["674~677", "680"]),
        ("见《民法典》577、584条", ["577", "584"]),
        ("《道路交通安全法》第七十六条第一款第（一）项及第二款", ["76 p1 i1", "76 p2"]),
        ("《民法典》第一百八十八条第一、二款和第一百八十九条", ["188 p1", "188 p2", "189"]),
        ("《刑事诉讼法》第十六条第(一)至(六)项", ["16 i1~6"]),
        ("民法典第壹仟壹佰陸拾伍條規定", ["1165"]),
        ("“应当承担违约责任”（《民法典》第五百七十七条）", ["577"]),
    ],
)
def test_lists_ranges_and_parts_of_articles(text: str, expected: list[str]) -> None:
    assert places(text) == expected


COURT = "最高人民法院关于适用〈中华人民共和国公司法〉若干问题的规定"


@pytest.mark.parametrize(
    ("text", "law", "place"),
    [
        ("《公司法》司法解释（三）第十三条第二款", f"{COURT}（三）", "13 p2"),
        ("公司法解释（二）第十八条", f"{COURT}（二）", "18"),
        (
            "《民法典》婚姻家庭编解释（一）第七十条",
            "最高人民法院关于适用〈中华人民共和国民法典〉婚姻家庭编的解释（一）",
            "70",
        ),
        (
            "《民诉法》司法解释第一百零八条",
            "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释",
            "108",
        ),
        (
            "滨海省高院《关于渔船的指导意见》第十二条",
            "滨海省高级人民法院关于渔船的指导意见",
            "12",
        ),
    ],
)
def test_an_interpretation_named_after_the_marks_is_not_the_law(
    text: str, law: str, place: str
) -> None:
    (citation,) = found(text)
    assert (citation.canonical, Short.of(citation).place) == (law, place)


def test_the_interpretation_of_the_law_just_named_is_found_by_its_number() -> None:
    law, interpretation = found("《公司法》及其司法解释（三）第十三条")
    assert interpretation.canonical == f"{COURT}（三）"
    assert interpretation.antecedent == law.start


def test_an_interpretation_without_its_number_is_ambiguous_not_the_law() -> None:
    (citation,) = found("《合同法》司法解释第一条")
    assert citation.verdict == "ambiguous"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("根据法释[2020]26号《关于审理劳动争议的解释》第44条", "法释〔2020〕26号"),
        ("国务院第586号令公布的《工伤保险条例》第十四条", "国务院令第586号"),
        ("《关于职工工作时间的规定》（国务院令第174号）第三条", "国务院令第174号"),
        ("GB/T 45251-2025《个人网络消费信贷贷后催收风控指引》", "GB/T 45251—2025"),
    ],
)
def test_numbers_stand_before_and_after(text: str, number: str) -> None:
    assert found(text)[0].doc_number == number


@pytest.mark.parametrize(
    "text",
    [
        "根据合同第五条第二款，乙方应付款",
        "借款合同第三条、第四条写得明白",
        "《补充协议》第三条、第四条",
        "劳动合同第十二条约定",
        "《机动车交通事故责任强制保险条款》第九条",
        "《某公司考勤管理制度》第五条，员工手册第十五条第三项",
        "律师给您三条建议：\n第一条 保留证据\n第二条 及时报警\n第三条 咨询律师",
        "他没有办法第二条路走",
        "前款到账后发货，前款已付清",
        "合同第几条，第X条",
        "《人民日报》第3版，《红楼梦》第三十三回",
        "仲裁裁决第二项，一审判决第三项，第三人称",
        "小区业主公约第八条，《业主管理规约》第十二条",
        "群公告第三条，朋友圈第一条",
    ],
)
def test_contracts_advice_and_books_are_no_law(text: str) -> None:
    assert found(text) == []


def test_headings_of_a_norm_that_lost_its_first_are_not_another_laws() -> None:
    text = (
        "为了海港清静，根据《中华人民共和国行政诉讼法》制定本规定。\n"
        "第二条 船员适用本规定。\n第三条 渔船按本规定靠岸。\n第四条 本规定明日施行。"
    )
    bound = {citation.canonical for citation in found(text) if citation.form == "carry"}
    assert bound == set()
