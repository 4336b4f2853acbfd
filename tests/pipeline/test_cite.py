"""Citations found in sentences and bound to their laws, one test a form or a trap."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cite.check import CheckedCitation, as_json, cite
from pipeline.statutes import load_registry

DAY = date(2025, 6, 1)
CIVIL_CODE = "中华人民共和国民法典"
LENDING = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定"


def found(text: str) -> list[CheckedCitation]:
    return cite(text, as_of=DAY, today=DAY, registry=load_registry())


REPRODUCED = """第一条 为了好好出借，制定本规定。
第二条 出借人按照本规定出借。
第三条 利息不得超过本规定第一条所说的。
第四条 依照本法办理的，也从本规定。"""


@pytest.mark.parametrize(
    ("title", "law"),
    [
        ("最高人民法院关于审理民间借贷案件适用法律若干问题的规定", LENDING),
        ("关于审理民间借贷案件适用法律若干问题的规定（全文）", LENDING),
        ("民间借贷规定", LENDING),
        ("民间借贷规定怎么用", None),
        ("民法典", None),
        (None, None),
    ],
)
def test_a_page_titled_like_a_norm_that_it_reproduces_is_that_norm(
    title: str | None, law: str | None
) -> None:
    citations = cite(REPRODUCED, as_of=DAY, today=DAY, registry=load_registry(), title=title)
    bound = {citation.canonical for citation in citations if citation.raw.startswith("本规定")}
    assert bound == {law}


def test_a_title_binds_nothing_on_a_page_that_is_no_norm() -> None:
    text = "本法第五条说得很清楚。"
    (citation,) = cite(text, as_of=DAY, today=DAY, registry=load_registry(), title="民法典")
    assert citation.canonical is None


def test_an_invented_law_about_privacy_is_found() -> None:
    (citation,) = found("依据《消费者隐私保护法》第八条索赔。")
    assert citation.verdict == "unknown_law"
    assert not found("请读《用户隐私协议》第八条。")


@dataclass(frozen=True, slots=True)
class Short:
    """What a test says of a citation."""

    raw: str
    law: str | None
    place: str = ""  # 10-1~12 p2 i3~5

    @staticmethod
    def of(citation: CheckedCitation) -> "Short":
        place = ""
        if citation.article:
            place = str(citation.article)
            place += f"-{citation.article_suffix}" if citation.article_suffix else ""
            place += f"~{citation.article_end}" if citation.article_end else ""
        place += f" p{citation.paragraph}" if citation.paragraph else ""
        place += f" i{citation.item}" if citation.item else ""
        place += f"~{citation.item_end}" if citation.item_end else ""
        law = citation.canonical and citation.canonical.removeprefix("中华人民共和国")
        return Short(citation.raw, law, place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "债权人可以援引《中华人民共和国民法典》第六百七十六条主张利息。",
            [Short("《中华人民共和国民法典》第六百七十六条", "民法典", "676")],
        ),
        ("先看《民法典》再说。", [Short("《民法典》", "民法典")]),
        ("民法典第680条禁止高利放贷", [Short("民法典第680条", "民法典", "680")]),
        ("民法典680条禁止高利放贷", [Short("民法典680条", "民法典", "680")]),
        (
            "刑法第一百七十五条之一第一款",
            [Short("刑法第一百七十五条之一第一款", "刑法", "175-1 p1")],
        ),
        (
            "《刑法》第二十五条至第二十七条讲共同犯罪",
            [Short("《刑法》第二十五条至第二十七条", "刑法", "25~27")],
        ),
        ("《保险法》第20-34条", [Short("《保险法》第20-34条", "保险法", "20~34")]),
        (
            "违反《商业银行法》第三十五、三十六、三十八条",
            [
                Short("《商业银行法》第三十五", "商业银行法", "35"),
                Short("三十六", "商业银行法", "36"),
                Short("三十八条", "商业银行法", "38"),
            ],
        ),
        (
            "《劳动合同法》第三十九条和第四十条第一项、第二项",
            [
                Short("《劳动合同法》第三十九条", "劳动合同法", "39"),
                Short("第四十条第一项", "劳动合同法", "40 i1"),
                Short("第二项", "劳动合同法", "40 i2"),
            ],
        ),
        (
            "仲裁法第五十八条第一款第（一）、（三）项",
            [
                Short("仲裁法第五十八条第一款第（一）", "仲裁法", "58 p1 i1"),
                Short("（三）项", "仲裁法", "58 p1 i3"),
            ],
        ),
        (
            "《个人信息保护法》第十三条第（二）至（四）项",
            [Short("《个人信息保护法》第十三条第（二）至（四）项", "个人信息保护法", "13 i2~4")],
        ),
        (
            "《劳动合同法》第三十八条、三十九条",
            [
                Short("《劳动合同法》第三十八条", "劳动合同法", "38"),
                Short("三十九条", "劳动合同法", "39"),
            ],
        ),
        (
            "《民法典》合同编第五百零九条",
            [Short("《民法典》合同编第五百零九条", "民法典", "509")],
        ),
        (
            "按照《公司法》第二十条第一、二款",
            [
                Short("《公司法》第二十条第一", "公司法", "20 p1"),
                Short("二款", "公司法", "20 p2"),
            ],
        ),
        (
            "依《劳动合同法》（2012年修正）第三十八条",
            [Short("《劳动合同法》（2012年修正）第三十八条", "劳动合同法", "38")],
        ),
        (
            "民事诉讼法<br>第一百二十二条",
            [Short("民事诉讼法<br>第一百二十二条", "民事诉讼法", "122")],
        ),
        ("《</b>民法典》第 10 条", [Short("《</b>民法典》第 10 条", "民法典", "10")]),
        ("『民法典』第十条", [Short("『民法典』第十条", "民法典", "10")]),
        ("参见《民法典第五百七十七条", [Short("《民法典第五百七十七条", "民法典", "577")]),
        ("《民法典》第第五条", [Short("《民法典》第第五条", "民法典", "5")]),
        ("《民法典·合同编》第10条", [Short("《民法典·合同编》第10条", "民法典", "10")]),
        ("《民法典》第１０条", [Short("《民法典》第１０条", "民法典", "10")]),
        (
            "依《中華人民共和國民法典》第六百七十五條催告，民法典第676條計息",
            [
                Short("《中華人民共和國民法典》第六百七十五條", "民法典", "675"),
                Short("民法典第676條", "民法典", "676"),
            ],
        ),
        (
            "劳动合同法实施条例第二十五条",
            [Short("劳动合同法实施条例第二十五条", "劳动合同法实施条例", "25")],
        ),
        (
            "可比照监督管理工作规则第九条处理",
            [Short("可比照监督管理工作规则第九条", "可比照监督管理工作规则", "9")],
        ),
        (
            "滨海市物业管理条例第十条",
            [Short("滨海市物业管理条例第十条", "滨海市物业管理条例", "10")],
        ),
    ],
)
def test_finds_each_form(text: str, expected: list[Short]) -> None:
    assert [Short.of(citation) for citation in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "双方签订了《借款合同》，并取得《结清证明》和《不动产权证书》。",
        "《算法导论》第三条讲排序，《西游记》也有趣。",
        "请仔细阅读合同条款与协议条件。",
        "本合同第七条、《用户注册协议》第十条和交强险保险条款第六条都约定了管辖。",
        "第一条建议是协商，第二条消息来自银行。",
        "公司法人和公司法务不同，罪刑法定，合同法律关系复杂。",
        "该法操作简单，同法炮制即可；该法院不受理。",
        "居民通过网络购物，取消法院预约。",
        "婚姻法上的忠实义务",
        "撤销一审判决第一项",
        "我们有三条建议。第一条：冷静；第二条，留证。",
        "目前款项已经到账，前款车型停产。",
        "作出国土资发（2018）366号《决定书》",
        "",
    ],
)
def test_what_only_looks_like_a_citation_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_this_law_in_a_quotation_is_the_law_quoted() -> None:
    text = "《民法典》第六百七十五条规定：“依据本法第五百一十条的规定仍不能确定的，可以随时返还。”"
    quoting, inner = found(text)
    assert Short.of(inner) == Short("本法第五百一十条", "民法典", "510")
    assert inner.anaphoric
    assert inner.antecedent == quoting.start


def test_an_anaphor_is_bound_to_the_nearest_law_of_its_kind() -> None:
    text = "《工伤保险条例》与《劳动法》都适用。该条例第十四条、该法第五十条不冲突。"
    *_, regulation, law = found(text)
    assert Short.of(regulation) == Short("该条例第十四条", "工伤保险条例", "14")
    assert Short.of(law) == Short("该法第五十条", "劳动法", "50")


def test_its_implementing_regulation_is_found_by_the_title_that_this_makes() -> None:
    *_, regulation = found("《道路交通安全法》及其实施条例第四十三条")
    expected = Short("其实施条例第四十三条", "道路交通安全法实施条例", "43")
    assert Short.of(regulation) == expected


def test_an_anaphor_without_antecedent_is_not_guessed() -> None:
    (citation,) = found("依据本条例第十二条处理。")
    assert citation.canonical is None
    assert citation.antecedent is None
    assert citation.article == 12
    assert citation.verdict == "unverifiable"


def test_a_short_name_means_what_the_text_defines() -> None:
    text = f"《{LENDING}》（以下简称《规定》）已经修正。《规定》第二十五条限定利率。"
    full, _, later = found(text)
    assert full.canonical == later.canonical == LENDING
    assert later.article == 25


def test_a_defined_name_is_also_found_without_marks() -> None:
    text = "《滨海市集体房屋补偿条例》（以下简称“补偿条例”）。补偿条例第二十条规定如何补偿。"
    assert Short.of(found(text)[-1]) == Short("补偿条例第二十条", "滨海市集体房屋补偿条例", "20")


def test_a_heading_inside_a_quotation_carries_the_law_on() -> None:
    text = (
        "《劳动法》第四十四条规定加班费。违反劳动合同法第三十一条的要补足。第四十五条国家实行年假。"
    )
    heading = found(text)[-1]
    assert Short.of(heading) == Short("第四十五条", "劳动法", "45")
    assert heading.form == "carry"


def test_a_carried_article_skips_laws_that_cannot_have_it() -> None:
    text = "刑法修改后，《刑法修正案（七）》增加了第三百八十八条之一。"
    assert Short.of(found(text)[-1]) == Short("第三百八十八条之一", "刑法", "388-1")


def test_the_former_paragraph_is_of_the_article_that_is_quoted() -> None:
    text = "《民法典》第一千零六十四条规定夫妻债务。前款规定之外，该条第二款另有规定。"
    _, former, paragraph = found(text)
    assert Short.of(former) == Short("前款", "民法典", "1064")
    assert Short.of(paragraph) == Short("该条第二款", "民法典", "1064 p2")


def test_the_headings_of_a_norm_reproduced_whole_are_no_citations() -> None:
    text = (
        "滨海市养犬管理办法\n第一条 为规范养犬，制定本办法。\n第二条 依照动物防疫法第三十条免疫。\n"
        "第三条 违反本办法第二条的，予以警告。\n第四条 本办法自公布之日起施行。"
    )
    assert [c.raw for c in found(text) if c.form == "carry"] == []
    assert "动物防疫法第三十条" in [c.raw for c in found(text)]


def test_what_a_law_says_is_not_an_interpretation_of_it() -> None:
    assert [c.raw for c in found("适用公司法的规定，依照企业破产法规定重整。")] == [
        "公司法",
        "企业破产法",
    ]


def test_a_title_without_marks_may_have_a_marked_title_in_it() -> None:
    text = "最高人民法院关于适用《中华人民共和国民法典》有关担保制度的解释第四十四条"
    (citation,) = found(text)
    assert citation.raw == text
    assert citation.article == 44


def test_an_excerpt_of_a_norm_that_is_named_nowhere_is_not_tied_to_another_law() -> None:
    text = (
        "养犬要守民法典。城里的狗越来越多，社区里的人常常为此争吵，谁也说服不了谁。"
        "律师说，各地规定不同，要看当地怎么写，于是大家找来了下面几段文字，"
        "一段一段读给邻居听，从早上读到晚上，读完以后谁也不再争吵。\n"
        "第七十条 犬只应当登记。\n第七十一条 登记免费。\n第七十二条 违反本办法第七十条的，警告。"
    )
    assert [(c.raw, c.canonical) for c in found(text)][1:] == [("本办法第七十条", None)]


def test_provisions_set_out_below_the_law_are_cited() -> None:
    text = "相关法条：《民法典》\n第十条 甲\n第十一条 乙\n第十二条 丙"
    assert [Short.of(c).place for c in found(text)] == ["10", "11", "12"]
    assert {c.canonical for c in found(text)} == {CIVIL_CODE}


def test_this_law_is_not_one_that_cannot_have_the_article() -> None:
    text = "《民法典》修改后，按《土地管理法》办理。依照本法第二百六十四条处理。"
    assert Short.of(found(text)[-1]) == Short("本法第二百六十四条", "民法典", "264")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("《关于印发工作方案的通知》（国办发〔2021〕3号）", "国办发〔2021〕3号"),
        ("以法发〔2014〕5号印发的《关于办案的意见》", "法发〔2014〕5号"),
        ("国务院令第586号《工伤保险条例》第十四条", "国务院令第586号"),
        ("《某项指引》（GB/T 45251-2025）", "GB/T 45251—2025"),
        (f"《{LENDING}》(法释[2020]17号)第二十五条", "法释〔2020〕17号"),
    ],
)
def test_document_numbers_belong_to_their_title(text: str, number: str) -> None:
    assert found(text)[0].doc_number == number


def test_the_issuer_glued_to_a_title_is_part_of_it() -> None:
    text = "见最高人民法院《关于适用〈民法典〉有关担保制度的解释》第四十四条"
    (citation,) = found(text)
    assert citation.raw == text[1:]
    assert citation.canonical == f"最高人民法院关于适用〈{CIVIL_CODE}〉有关担保制度的解释"


def test_the_json_is_the_interface() -> None:
    (citation,) = found("《民法典》第一条")
    assert set(as_json(citation)) >= {
        "start", "end", "raw", "canonical", "statute_id", "article", "article_suffix",
        "article_end", "paragraph", "item", "item_end", "doc_number", "form", "anaphoric",
        "verdict", "detail", "correction", "quote", "verdict_today",
    }  # fmt: skip
    assert as_json(citation)["form"] == "title_short"


BRACKETS = ["《", "》", "〈", "〉", "（", "）", "\n", "<b>", "、", "。"]
PLACES = ["第", "条", "款", "项", "之一", "一", "十", "百", "9", "１", "和", "至", "條", "的"]
LAWS = ["本法", "该条", "前款", "民法典", "《刑法》", "条例", "最高人民法院", "关于", "關於"]
OTHERS = ["以下简称", "法释〔2020〕17号", "𠮷", "\x00", "x"]
PIECES = st.sampled_from(BRACKETS + PLACES + LAWS + OTHERS)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans_are_in_order_and_cut_out_what_they_say(text: str) -> None:
    end = 0
    for citation in found(text):
        assert end <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.raw
        end = citation.end


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    found(text)
