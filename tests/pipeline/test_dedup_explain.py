"""Pairs explained, and differences shown."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedup.differences import Change, differences
from pipeline.dedup.explain import describe, explain
from pipeline.dedup.laid import Laid
from pipeline.dedup.passages import sample
from pipeline.dedup.rarity import rarity
from pipeline.dedup.signature import shingles

NOTHING_COMMON = rarity(0, np.empty(0, dtype=np.uint32))
TEXTS = st.text(alphabet="借款合同\n三年", max_size=30)


def _words(seed: int, count: int) -> str:
    chance = Random(seed)  # noqa: S311 - texts for a test
    return "".join(map(chr, chance.choices(range(0x4E00, 0x5600), k=count)))


def test_a_repost_is_explained_by_what_agrees() -> None:
    text = _words(1, 400)
    found = explain(text, f"转载：{text[:200]}两句话{text[200:]}", NOTHING_COMMON)
    assert (found.relation, found.comparison.is_duplicate) == ("near", True)
    assert found.equal_permutations > 100
    assert found.equal_bands > 20
    assert found.why == ("What is rare agrees whatever the ends: 0.978, at least 0.80.",)
    assert dict(describe(found, NOTHING_COMMON))["one article"] == "yes"


def test_a_shared_passage_is_shown_where_ends_differ() -> None:
    passage = _words(2, 150)
    earlier, later = (f"{_words(n, 80)}{passage}{_words(n + 1, 80)}" for n in (10, 20))
    found = explain(earlier, later, NOTHING_COMMON)
    assert not found.comparison.is_duplicate
    assert found.why[0].startswith("Too little agrees")
    assert "where both ends agree by 0.30 (here 0.00)" in found.why[0]
    (shared,) = found.passages
    assert later[shared.start : shared.end] == earlier[shared.other_start : shared.other_end]
    assert shared.end - shared.start == 150


def test_a_text_rewritten_throughout_is_explained_by_every_quarter() -> None:
    earlier = _words(4, 400)
    later = "".join(earlier[n : n + 24] + _words(n, 12) for n in range(12, 400, 36))
    found = explain(earlier, later, replace(NOTHING_COMMON, ends_agree=0.5))
    assert found.relation == "near"
    assert found.why[0].endswith("rewritten throughout.")
    assert dict(describe(found, NOTHING_COMMON))["worst quarter"].endswith("agrees")


def test_what_is_common_is_named_as_the_reason() -> None:
    law = _words(3, 300)
    known = rarity(64, shingles(law))
    earlier, later = (f"{_words(n, 200)}{law}{_words(n + 1, 200)}" for n in (30, 40))
    found = explain(earlier, later, known)
    assert found.relation == "none"
    assert found.passages == ()
    assert found.why[0].startswith("What is rare agrees too little")
    assert explain(law, law[:290], known).why[0].startswith("Next to nothing of either is rare")


def test_a_text_without_letters_is_explained_too() -> None:
    found = explain("。。。", "，", NOTHING_COMMON)
    assert found.why[0].startswith("One of them has no letters")
    assert found.relation == "none"


def test_a_template_is_explained_by_its_substitution() -> None:
    page = (
        "甲银行逾期以后会怎么样？先弄清楚几件事。甲银行的客服通常会先打电话提醒还款，"
        "随后计收罚息。若确实无力归还，可以向甲银行说明收入情况，请求分期。"
        "甲银行同意以后要拿到书面确认，按照约定的日子存入足额款项。"
    )
    found = explain(page, page.replace("甲银行", "小橘分期"), NOTHING_COMMON)
    assert (found.relation, found.substitution) == ("template", "甲银行→小橘分期")


def test_one_fragment_in_sixteen_is_stored_and_each_once() -> None:
    hashes = np.random.default_rng(1).integers(0, 1 << 32, 16_000, dtype=np.uint32)
    texts = [np.concatenate((hashes, hashes)), hashes[:2], hashes]
    fragments, middles, owners = sample(Laid.of(texts))
    of_first, of_last = (fragments[owners == number] for number in (0, 2))
    assert len(fragments) == len(middles) == len(of_first) + len(of_last)
    assert len(of_first) == len(np.unique(of_first))
    assert 800 < len(of_first) < 1200
    assert set(of_last) <= set(of_first)
    assert len(sample(Laid.of([hashes[:2]]))[0]) == 0


@given(TEXTS, TEXTS)
def test_differences_make_up_both_texts(earlier: str, later: str) -> None:
    pieces = differences(earlier, later)
    assert "".join(one.text for one in pieces if one.change is not Change.NEW) == earlier
    assert "".join(one.text for one in pieces if one.change is not Change.GONE) == later


def test_a_long_change_is_shown_whole() -> None:
    pieces = differences(_words(5, 1200), _words(6, 1200))
    assert [piece.change for piece in pieces] == [Change.GONE, Change.NEW]
