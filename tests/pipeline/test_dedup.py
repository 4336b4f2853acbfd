"""Normalisation, signatures, verdicts and relations of texts, without a database."""

from zlib import crc32

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dedup.confirm import (
    EVENLY,
    compare,
    ends_agreement,
    evenness,
    find_match,
    is_copy,
    profile,
    profiles_of,
    weigh,
)
from pipeline.dedup.kernel import WORTH_LOADING, engine_for, in_a_loop, with_numpy
from pipeline.dedup.laid import SLAB, Laid, slabs
from pipeline.dedup.normalize import as_text, normalize, normalize_all
from pipeline.dedup.rarity import bound_of, find_common, rarity
from pipeline.dedup.relations import Relation, Substitution, find_substitution, relate
from pipeline.dedup.sift import Sieve, weigh_all
from pipeline.dedup.signature import (
    BANDS,
    PERMUTATIONS,
    bands,
    distinct_all,
    estimated_jaccard,
    hash_all,
    hash_shingles,
    shingles,
    sign,
    signatures,
)

GOLDEN_BANDS = 4064383403  # of ANSWER under DEDUP_VERSION 1: another outcome, another version
NOTHING_COMMON = rarity(0, np.empty(0, dtype=np.uint32))

ANSWER = """借款到期以后朋友一直不还钱，我应当怎么办？
首先请把借条、转账记录和聊天记录整理好，这些都是法院要看的证据。
其次可以发一封催款函，写明欠款数额和归还期限，并保留寄送凭证。
对方仍然不还的，可以向其住所地的基层人民法院起诉，诉讼时效一般为三年。
胜诉以后对方拒不履行的，还可以申请强制执行，查封其银行账户和房产。"""

LEASE = """房东突然要卖房，租约还剩十个月，租客能不能继续住下去？
先看合同有没有约定提前解除的条件，没有约定的，按照买卖不破租赁的规则，新房东要接着履行原来的合同。
租客在同等条件下还可以优先购买，房东应当提前通知，通知以后十五日内不表示的视为放弃。
如果房东为了赶走租客停水停电，可以拍照留证，先向街道反映，再向法院起诉要求赔偿搬家费和差价。"""

QUESTIONS = (
    "楼上邻居装修时把我家天花板弄漏水了，物业推给施工队，施工队说是老化，谁来赔我的损失呢",
    "公司突然通知我下个月不用来上班，没有说理由，工龄八年，想知道能拿几个月工资的补偿金",
)
REPLIES = (
    "建议先拍照留存漏水的位置，请鉴定机构判断原因，再和邻居商量修复费用，谈不成就到街道调解",
    "可以先到劳动监察大队投诉，同时准备工资流水与考勤，六十日内把仲裁申请书递到区里的委员会",
)


def _page(name: str) -> str:
    return (
        f"{name}逾期以后会怎么样？先弄清楚几件事。{name}的客服通常会先打电话提醒还款，"
        f"随后计收罚息。若确实无力归还，可以向{name}说明收入情况，请求分期。"
        f"{name}同意以后要拿到书面确认，按照约定的日子存入足额款项。"
    )


def _text(letters: str) -> str:
    return as_text(normalize(letters))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《民法典》第675条", "民法典 第６７５条"),
        ("借款人應當按照約定的期限返還借款", "借款人应当按照约定的期限返还借款"),
        ("ＡＢＣ贷款APP", "abc贷款app"),
        ("第一，\t准备材料；\n第二，立案。", "第一准备材料第二立案"),
        ("零\u200b宽\ufeff字\x00符", "零宽字符"),
    ],
)
def test_takes_texts_for_equal_that_differ_in_writing_only(one: str, other: str) -> None:
    assert _text(one) == _text(other)


def test_keeps_a_character_that_would_become_several() -> None:
    assert _text("㈠½") == "㈠½"


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert np.array_equal(normalize(as_text(once)), once)


def test_normalises_a_lone_surrogate_away() -> None:
    assert _text("借\ud800款") == "借款"


@given(st.lists(st.text(alphabet="借款合同的人民法院应当", max_size=80), min_size=1, max_size=5))
def test_signs_as_datasketch_does_bit_for_bit(texts: list[str]) -> None:
    hashed = [shingles(text) for text in texts]
    for row, hashes in zip(signatures(hashed), hashed, strict=True):
        assert np.array_equal(row, _signed_by_datasketch(hashes))


def test_the_loop_that_is_compiled_signs_the_same() -> None:
    """Run as plain Python here; where numba is there, compiled too."""
    hashes = hash_all(normalize_all([ANSWER[:60], "", "法", QUESTIONS[0]]))
    with np.errstate(over="ignore"):
        assert np.array_equal(sign(hashes, in_a_loop), sign(hashes))
    assert engine_for(3) is with_numpy
    assert np.array_equal(sign(hashes, engine_for(WORTH_LOADING)), sign(hashes))


def test_signs_a_long_text_in_blocks_as_datasketch_does_at_once() -> None:
    hashes = hash_shingles(np.arange(0x4E00, 0x9E00, dtype=np.uint32))
    assert np.array_equal(signatures([hashes])[0], _signed_by_datasketch(hashes))


def _signed_by_datasketch(hashes: np.ndarray) -> np.ndarray:
    peer = MinHash(num_perm=PERMUTATIONS, hashfunc=int)
    peer.update_batch(hashes.tolist())
    return np.asarray(peer.hashvalues)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="借款合 同的，人民法院", max_size=12), max_size=12))
def test_many_texts_at_once_are_read_as_each_alone(texts: list[str]) -> None:
    laid = normalize_all(texts)
    hashes = hash_all(laid)
    once, signed = distinct_all(hashes), sign(hashes)
    made = list(profiles_of(hashes, once))
    for number, text in enumerate(texts):
        alone = profile(text)
        assert np.array_equal(laid[number], normalize(text))
        assert np.array_equal(once[number], shingles(text))
        assert np.array_equal(signed[number], _signed_by_datasketch(shingles(text)))
        assert np.array_equal(made[number].opening, alone.opening)
        assert np.array_equal(made[number].closing, alone.closing)


def test_a_slab_holds_as_many_texts_as_fit_and_a_long_one_alone() -> None:
    half, long = SLAB // 2, 3 * SLAB
    lengths = [half, half, 1, long, 0, 5]
    assert [lengths[some] for some in slabs(lengths)] == [[half, half], [1], [long], [0, 5]]
    assert list(slabs([])) == []


def test_sketches_drop_what_shares_nothing_rare_and_keep_what_matches() -> None:
    chance = np.random.default_rng(4)
    base = chance.integers(0, 1 << 32, 1400, dtype=np.uint32)
    law = chance.integers(0, 1 << 32, 900, dtype=np.uint32)
    other = chance.integers(0, 1 << 32, 1400, dtype=np.uint32)
    edited = np.concatenate((base[:700], chance.integers(0, 1 << 32, 700, dtype=np.uint32)))
    hashes = Laid.of([np.concatenate((law, one, law)) for one in (base, edited, other)])
    known = rarity(64, law)
    made = list(profiles_of(hashes, distinct_all(hashes)))
    texts = weigh_all(made, known)
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    assert Sieve(known).passes(left, right, dict(enumerate(made))).tolist() == [True, False, False]
    assert find_match(texts[0], texts[1], known)


def test_short_texts_have_one_shingle_and_empty_ones_none() -> None:
    assert [len(shingles(text)) for text in ("", "，。", "法", "法院", "人民法院")] == [
        0, 0, 1, 1, 2,
    ]  # fmt: skip


def test_different_short_texts_have_different_shingles() -> None:
    assert not np.array_equal(shingles("法"), shingles("法院"))


def test_equal_rows_make_equal_bands_and_only_in_their_own_column() -> None:
    signed = signatures([shingles(ANSWER), shingles(ANSWER), shingles(_page("甲银行"))])
    keys = bands(signed)
    assert keys.shape == (3, BANDS)
    assert np.array_equal(keys[0], keys[1])
    assert len(np.unique(keys[0])) == BANDS
    assert estimated_jaccard(signed[:1], signed[1:2])[0] == 1.0


@given(st.text(alphabet="借款合同的人民法院", max_size=60), st.text(max_size=60))
def test_a_comparison_is_the_same_in_either_order(one: str, other: str) -> None:
    left, right = profile(one), profile(other)
    assert compare(left, right, NOTHING_COMMON) == compare(right, left, NOTHING_COMMON)


def test_an_edited_repost_is_a_duplicate() -> None:
    edited = "本站编辑整理：" + ANSWER.replace("朋友", "对方").replace("三年", "3年")
    assert compare(profile(ANSWER), profile(edited), NOTHING_COMMON).is_duplicate


def test_an_empty_text_is_a_duplicate_of_nothing() -> None:
    empty = profile("。。。")
    assert not compare(empty, empty, NOTHING_COMMON).is_duplicate
    assert not is_copy(empty, empty)


def _answers_with_one_quotation() -> tuple[str, str]:
    one, other = (f"{q}？{ANSWER}{r}。" for q, r in zip(QUESTIONS, REPLIES, strict=True))
    return one, other


def test_two_answers_that_quote_one_passage_are_not_copies() -> None:
    one, other = (profile(text) for text in _answers_with_one_quotation())
    comparison = compare(one, other, NOTHING_COMMON)
    assert comparison.jaccard > NOTHING_COMMON.ends_agree
    assert not comparison.is_duplicate
    assert not is_copy(one, other)


def test_a_copy_reworded_throughout_is_one_article_with_its_source() -> None:
    """Neither end agrees, but something does everywhere."""
    chance = np.random.default_rng(2)
    source, other = (chance.integers(0x4E00, 0x5600, 1200).astype(np.uint32) for _ in range(2))
    is_other = np.arange(1200) % 24 < 8
    is_other[:50] = is_other[-50:] = True
    left, right = (profile(as_text(one)) for one in (source, np.where(is_other, other, source)))
    outcome = compare(left, right, NOTHING_COMMON)
    assert outcome.is_duplicate
    assert outcome.rare_jaccard < NOTHING_COMMON.ends_differ
    assert evenness(left, right) >= EVENLY > ends_agreement(left, right)


def test_what_an_article_took_in_whole_is_not_reworded() -> None:
    one, other = profile(ANSWER), profile(ANSWER + "".join(QUESTIONS + REPLIES))
    assert evenness(one, other) == 0
    assert evenness(one, profile("")) == 0


def test_what_is_common_does_not_count() -> None:
    one, other = (profile(text) for text in _answers_with_one_quotation())
    known = rarity(64, shingles(ANSWER))
    assert compare(one, other, known).rare_jaccard < 0.05


def test_a_text_that_is_all_common_is_judged_by_all_of_it() -> None:
    known = rarity(64, shingles(ANSWER))
    near = profile(ANSWER.replace("三年", "两年"))
    assert compare(profile(ANSWER), near, known).is_duplicate


def test_common_is_what_more_canonical_texts_than_the_bound_have() -> None:
    size = 64
    rare, common = [shingles(text) for text in (QUESTIONS[0], QUESTIONS[1])]
    texts = [rare] * bound_of(size) + [common] * (bound_of(size) + 1)
    found = rarity(size, find_common(texts, size))
    kept = [len(weigh(profile(question), found).rare) for question in QUESTIONS]
    assert kept == [len(rare), 0]


def test_counted_in_parts_the_same_is_common_as_counted_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(8)
    texts = [np.unique(chance.integers(0, 4000, 300, dtype=np.uint32) << 20) for _ in range(400)]
    at_once = find_common(texts, 400)
    monkeypatch.setattr("pipeline.dedup.rarity._SORTED", 1)
    monkeypatch.setattr("pipeline.dedup.rarity._COUNTED", 5000)
    assert np.array_equal(find_common(texts, 400), at_once)
    assert len(at_once) > 100


def test_nothing_is_common_where_there_are_no_texts() -> None:
    assert len(find_common([], 16)) == 0


def test_the_bound_grows_slowly_with_the_corpus() -> None:
    assert [bound_of(size) for size in (16, 1024, 8192, 1 << 20)] == [8, 8, 12, 32]


@pytest.mark.parametrize(
    ("later", "relation"),
    [
        (ANSWER.replace("，", " "), Relation.EXACT),
        (ANSWER.replace("借条", "欠条"), Relation.NEAR),
        (ANSWER[: len(ANSWER) // 2], Relation.EXCERPT),
        (ANSWER + _page("甲银行") + _page("乙银行") + _page("丙贷"), Relation.CONTAINS),
    ],
)
def test_names_the_relation(later: str, relation: Relation) -> None:
    containment = compare(profile(ANSWER), profile(later), NOTHING_COMMON).containment
    assert relate(ANSWER, later, containment).relation is relation


def test_types_a_template_and_tells_the_substitution() -> None:
    kinship = relate(_page("云杉银行"), _page("小橘分期"), 0.7)
    assert kinship.relation is Relation.TEMPLATE
    assert str(kinship.substitution) == "云杉银行→小橘分期"


def test_an_edit_that_leaves_the_old_word_standing_is_no_template() -> None:
    text = _page("云杉银行") + "云杉银行还有别的规定。" * 3
    assert find_substitution(normalize(text), normalize(text.replace("云杉银行", "它", 4))) is None


def test_a_template_may_have_other_figures_and_a_repost_other_words_throughout() -> None:
    page = "云杉银行的客服电话是四三二一。" + _page("云杉银行") + "利率是12，违约金是345。"
    other = page.replace("云杉银行", "小橘分期").replace("12", "18").replace("345", "67")
    assert str(find_substitution(normalize(page), normalize(other))) == "云杉银行→小橘分期"
    retold = LEASE.replace("租客", "承租人").replace("房东", "出租人")
    assert find_substitution(normalize(LEASE), normalize(retold)) is None


def test_figures_and_single_characters_are_no_names() -> None:
    years = "三十日内还清，共" + "三十日后再算，".join(map(str, range(5)))
    assert find_substitution(normalize(_page("你")), normalize(_page("您"))) is None
    assert find_substitution(normalize(years), normalize(years.replace("三十", "60"))) is None


def test_a_substitution_reads_as_an_arrow() -> None:
    assert str(Substitution("甲公司", "乙公司")) == "甲公司→乙公司"


def test_hashes_are_the_same_on_every_machine() -> None:
    """A stored index must be readable by another process: nothing may depend on the seed."""
    keys = bands(signatures([shingles(ANSWER)]))
    assert crc32(keys.astype("<u8").tobytes()) == GOLDEN_BANDS
