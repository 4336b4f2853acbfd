"""Statutes cut into 条, 款 and 项; the words are made up."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.provisions import Provision, read_provisions

WORDS = """\
序言里说，第九条 不是条。
# 第一章 总则
第一条 为了养好鱼，制定本法。
第二条　第三条所称的鱼，是指：
（一）鲤鱼；
（二）草鱼。
前款所称草鱼，包括：
(一)小草鱼；
(二)大草鱼；
(三)其他。
第二章 养殖
第三条 养鱼应当有水。
第一条 这一行引自别处，不是新的条。
第三条之一 水应当干净。
第三条之二
干净的水由水务部门认定。
第十条 中间的几条已经删去。
第四章说的是另一部法律。
第五百条 这一行也引自别处。
附件：鱼的名录
第一条 附件有自己的条。
鲤鱼
"""


def words_of(provision: Provision) -> str:
    return WORDS[provision.start : provision.end]


def test_articles_are_cut_at_their_headings_only() -> None:
    found = read_provisions(WORDS)
    assert [(p.article, p.suffix) for p in found] == [
        (1, None), (2, None), (3, None), (3, 1), (3, 2), (10, None),
    ]  # fmt: skip
    assert words_of(found[0]) == "为了养好鱼，制定本法。"
    assert words_of(found[1]).startswith("第三条所称的鱼")
    assert words_of(found[1]).endswith("(三)其他。")
    assert words_of(found[2]).endswith("不是新的条。")
    assert words_of(found[4]).strip() == "干净的水由水务部门认定。"
    assert words_of(found[5]).endswith("这一行也引自别处。")


def test_items_belong_to_the_paragraph_before_them() -> None:
    paragraphs = read_provisions(WORDS)[1].paragraphs
    assert [len(paragraph.items) for paragraph in paragraphs] == [2, 3]
    first = paragraphs[0].items[0]
    assert (first.number, WORDS[first.start : first.end]) == (1, "鲤鱼；")


def test_what_counts_without_articles_has_none() -> None:
    assert read_provisions("一、甲的问题\n二、乙的问题\n（一）丙") == ()


@given(st.text(alphabet="第一二十条之 （）(\n#章附件：鱼", max_size=80))
def test_offsets_are_in_order_and_inside_whatever_the_words(words: str) -> None:
    found = read_provisions(words)
    places = [(p.article, p.suffix or 0) for p in found]
    assert places == sorted(set(places))
    for provision in found:
        assert 0 <= provision.start <= provision.end <= len(words)
        for paragraph in provision.paragraphs:
            assert provision.start <= paragraph.start < paragraph.end <= provision.end
