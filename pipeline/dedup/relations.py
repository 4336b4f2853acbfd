"""What a repost is to the article it was matched with.

A template page (one text, another company) is as similar to its sister as any repost, so no
threshold separates them.  What tells them apart is a *repeated substitution*: every place that
differs is a short replacement, and one name is replaced by one other, throughout, and hardly any
other word.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.normalize import CodePoints, as_text, normalize
from pipeline.dedup.signature import SHINGLE_LENGTH, hash_shingles

# An excerpt has nearly nothing of its own and leaves much of the source out.
EXCERPT_CONTAINMENT: Final = 0.90
EXCERPT_LENGTH: Final = 0.60

# 您→你 and 张→李 are edits, not names of what a page is about; 招商银行信用卡 has 7.
NAME_LENGTHS: Final = (2, 16)
REPEATED: Final = 3  # a name stands in the title, in a heading and in the text at least
LEAD: Final = 120  # a template's subject is named at its very beginning
# A product may still carry the old name; synonyms put in here and there leave more behind.
LEFT_OVER: Final = 0.2
# Synonyms put in throughout replace many words: those but the first half as often as it, at least,
# on the development set, and in templates nothing else but figures.
OTHERS: Final = 0.5

_LONGEST_STEP: Final = 64  # between anchors; a name and what repeats around it is shorter

Places = NDArray[np.intp]


class Relation(StrEnum):
    """What an article is to the one it was matched with, an earlier one."""

    ORIGINAL = "original"  # the earliest of its cluster, matched with none
    EXACT = "exact"  # the same normalised text
    NEAR = "near"  # the same article, edited
    EXCERPT = "excerpt"  # a part of it, and hardly anything else
    CONTAINS = "contains"  # all of it, and much else
    TEMPLATE = "template"  # the same text about another name


@dataclass(frozen=True, slots=True)
class Substitution:
    """One name put for another throughout a text, both as normalised."""

    earlier: str
    later: str

    def __str__(self) -> str:
        return f"{self.earlier}→{self.later}"


@dataclass(frozen=True, slots=True)
class Kinship:
    """A relation, with the substitution where it is that of a template."""

    relation: Relation
    substitution: Substitution | None = None


def relate(earlier: str, later: str, containment: float) -> Kinship:
    """Return what `later` is to `earlier`, two texts that were found to be one article.

    `containment` is the share of the smaller text's shingles that the other has.
    """
    left, right = normalize(earlier), normalize(later)
    if np.array_equal(left, right):
        return Kinship(Relation.EXACT)
    if containment >= EXCERPT_CONTAINMENT:
        if len(right) <= EXCERPT_LENGTH * len(left):
            return Kinship(Relation.EXCERPT)
        if len(left) <= EXCERPT_LENGTH * len(right):
            return Kinship(Relation.CONTAINS)
    substitution = find_substitution(left, right)
    return Kinship(Relation.TEMPLATE if substitution else Relation.NEAR, substitution)


def find_substitution(earlier: CodePoints, later: CodePoints) -> Substitution | None:
    """Return the name that is replaced by another wherever it stands, if the texts are a template.

    A repost with a few synonyms put in is none: there the replaced word still stands elsewhere.
    """
    if not _may_be_template(earlier, later):
        return None
    replaced = Counter(_replacements(earlier, later))
    texts = as_text(earlier), as_text(later)
    for (old, new), times in replaced.most_common():
        if times < REPEATED:
            return None
        if _is_name(old, new) and _is_subject(old, new, times, texts):
            found = Substitution(old, new)
            return found if _count_others(replaced, found) <= OTHERS * times else None
    return None


def _count_others(replaced: Counter[tuple[str, str]], found: Substitution) -> int:
    """Count the other words that replace words, apart from figures and what holds the names."""
    return sum(
        times
        for (old, new), times in replaced.items()
        if old
        and new
        and found.earlier not in old
        and found.later not in new
        and not re.search(r"\d", old + new)
    )


def _may_be_template(earlier: CodePoints, later: CodePoints) -> bool:
    """Tell whether both texts have changed places enough; most reposts have too few.

    By 16 bits of each hash: a chance likeness hides a change of one 3-gram in fifty, and that of a
    name is at least four long.
    """
    hashed = [(hash_shingles(one) & np.uint32(0xFFFF)).astype(np.intp) for one in (earlier, later)]
    for one, other in (hashed, hashed[::-1]):
        is_there = np.zeros(1 << 16, dtype=np.bool_)
        is_there[other] = True
        is_same = is_there[one]
        if np.count_nonzero(is_same[:-1] & ~is_same[1:]) + (not is_same[0]) < REPEATED:
            return False
    return True


def _is_name(old: str, new: str) -> bool:
    """Tell whether both have the length of a name and none is a mere figure."""
    return all(
        NAME_LENGTHS[0] <= len(word) <= NAME_LENGTHS[1] and not word.isdigit()
        for word in (old, new)
    )


def _is_subject(old: str, new: str, times: int, texts: tuple[str, str]) -> bool:
    """Tell whether each text names its own subject from the beginning, and not the other's."""
    earlier, later = texts
    left_over = later.count(old) + earlier.count(new)
    return old in earlier[:LEAD] and new in later[:LEAD] and left_over <= LEFT_OVER * times


def _replacements(earlier: CodePoints, later: CodePoints) -> Iterator[tuple[str, str]]:
    """Yield each place where a word that may be a name replaces another, context cut off."""
    left, right = _anchors(earlier, later)
    steps = _differing(np.diff(left), np.diff(right)).tolist()
    if len(steps) < REPEATED:
        return
    there, here = as_text(earlier), as_text(later)
    for step in steps:
        old = there[left[step] : left[step + 1] + SHINGLE_LENGTH]
        new = here[right[step] : right[step + 1] + SHINGLE_LENGTH]
        if old != new:
            yield _trim(old, new)


def _differing(left: Places, right: Places) -> Places:
    """Return which of the steps between anchors, so long in each text, may replace a name."""
    least, most = NAME_LENGTHS
    shorter = np.minimum(left, right)
    steps: Places = np.flatnonzero(
        (np.maximum(left, right) > 1)
        & (shorter >= least)
        & (shorter <= _LONGEST_STEP)
        & (np.abs(left - right) <= most - least)
    )
    return steps


def _anchors(earlier: CodePoints, later: CodePoints) -> tuple[Places, Places]:
    """Return the places of 3-grams that stand once in each text and in one order in both."""
    left, left_at = _unique_places(hash_shingles(earlier))
    right, right_at = _unique_places(hash_shingles(later))
    in_left = np.searchsorted(left, right)
    in_left[in_left == len(left)] = 0
    in_right = np.flatnonzero(left[in_left] == right) if len(left) else in_left[:0]
    in_left = in_left[in_right]
    order = np.argsort(left_at[in_left])
    at, other = left_at[in_left][order], right_at[in_right][order]
    highest = np.maximum.accumulate(other)
    lowest = np.minimum.accumulate(other[::-1])[::-1]
    kept = (other >= highest) & (other <= lowest)
    return at[kept], other[kept]


def _unique_places(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], Places]:
    """Return the hashes that stand once, sorted, and where; a place rides in a hash's low bits."""
    keys = hashes.astype(np.uint64) << np.uint64(32) | np.arange(len(hashes), dtype=np.uint64)
    keys.sort()
    values = (keys >> np.uint64(32)).astype(np.uint32)
    differs = np.ones(len(values) + 1, dtype=bool)
    differs[1:-1] = values[1:] != values[:-1]
    once = differs[1:] & differs[:-1]
    return values[once], keys[once].astype(np.uint32).astype(np.intp)


def _trim(old: str, new: str) -> tuple[str, str]:
    """Cut off what both begin with, then what both end with."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]
