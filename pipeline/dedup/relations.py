"""What a repost is to the article it was matched with.

A template page (one text, another company) is as similar to its sister as any repost, so no
threshold separates them.  What tells them apart is a *repeated substitution*: every place that
differs is a short replacement, and one name is replaced by one other, throughout.
"""

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
    replaced = Counter(_replacements(earlier, later))
    texts = as_text(earlier), as_text(later)
    for (old, new), times in replaced.most_common():
        if times < REPEATED:
            return None
        if _is_name(old, new) and _is_subject(old, new, times, texts):
            return Substitution(old, new)
    return None


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
    """Yield each differing place of two texts as (words there, words here), context cut off."""
    left, right = _anchors(earlier, later)
    there, here = as_text(earlier), as_text(later)
    for step in np.flatnonzero((np.diff(left) != 1) | (np.diff(right) != 1)).tolist():
        old = there[left[step] : left[step + 1] + SHINGLE_LENGTH]
        new = here[right[step] : right[step + 1] + SHINGLE_LENGTH]
        if old != new:
            yield _trim(old, new)


def _anchors(earlier: CodePoints, later: CodePoints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of 3-grams that stand once in each text and in one order in both."""
    left, left_at = _unique_places(hash_shingles(earlier))
    right, right_at = _unique_places(hash_shingles(later))
    _, in_left, in_right = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    order = np.argsort(left_at[in_left])
    at, other = left_at[in_left][order], right_at[in_right][order]
    highest = np.maximum.accumulate(other)
    lowest = np.minimum.accumulate(other[::-1])[::-1]
    kept = (other >= highest) & (other <= lowest)
    return at[kept].tolist(), other[kept].tolist()


def _unique_places(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    values, first, times = np.unique(hashes, return_index=True, return_counts=True)
    once = times == 1
    return values[once], first[once]


def _trim(old: str, new: str) -> tuple[str, str]:
    start = _common_prefix(old, new)
    old, new = old[start:], new[start:]
    end = _common_prefix(old[::-1], new[::-1])
    return old[: len(old) - end], new[: len(new) - end]


def _common_prefix(left: str, right: str) -> int:
    length = 0
    while length < min(len(left), len(right)) and left[length] == right[length]:
        length += 1
    return length
