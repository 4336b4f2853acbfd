"""Passages that two texts share, and what one text is to the other by them.

Found by 5-grams, a sixteenth of which are stored (FracMinHash): texts that share some are aligned
in full.  What stands in many texts (statutes, notices of a site) is common and never counts, nor
does a line that begins with the number of an article of law.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.laid import Laid
from pipeline.dedup.normalize import normalize, places
from pipeline.dedup.rarity import Rarity, are_common
from pipeline.dedup.signature import Shingles, hash_shingles

SAMPLED: Final = 16  # one 5-gram in so many is stored: some 50 rows a text of 800 characters
LEAST_FRAGMENTS: Final = 2  # a passage of 40 rare 5-grams has 2.5 on average

# On the benchmark 30 shared rare 5-grams and half of a text found excerpts of 30 % with .95 and
# merges with 1.0; passages of 40 rare 5-grams alone found quoted quarters with .82.
LEAST_SHARED: Final = 30
LEAST_QUOTED: Final = 40
PART_OF: Final = 0.5

_GAP: Final = 12  # characters that may differ inside one passage
_SHIFT: Final = 8  # by how many more on one side than on the other
_HALF: Final = np.uint64(32)
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
_ODD_HALF: Final = np.uint32(0x9E3779B1)
_CHOSEN_SHIFT: Final = np.uint32(32 - SAMPLED.bit_length() + 1)
_PROVISION: Final = re.compile(
    r"^[ \t]*(?:《[^》\n]+》)?第[一二三四五六七八九十百千零〇\d]+条.*$", re.MULTILINE
)

Places = NDArray[np.intp]


class Overlap(StrEnum):
    """What an article is to an earlier one of another cluster."""

    EXCERPT = "excerpt"  # most of it stands in the other, which has more
    CONTAINS = "contains"  # most of the other stands in it
    QUOTES = "quotes"  # they share a passage


@dataclass(frozen=True, slots=True)
class Grams:
    """A text's 5-grams in order of place."""

    hashes: Shingles
    ordered: Shingles  # the same, sorted
    places: Places  # ... and at which place each stands
    is_rare: NDArray[np.bool_]
    at: Places  # where each begins in the text as given
    ends: Places  # where its last character stands there
    paragraph: Places  # the line each begins in, from 0

    @property
    def rare(self) -> int:
        """How many are rare."""
        return int(np.count_nonzero(self.is_rare))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that two texts share: half-open ranges of code points in each."""

    start: int  # in the later text
    end: int
    other_start: int  # in the earlier one
    other_end: int
    other_paragraph: int  # the earlier text's line where it begins, from 0
    shared: int  # rare 5-grams


def sample(laid: Laid) -> tuple[Shingles, Shingles, Places]:
    """Return the fragments to store of texts' 3-gram hashes in order, each once a text.

    With each fragment the 3-gram in its middle, and the place of its text in `laid`.
    """
    hashes = laid.values
    # Chosen by a cheap mix of the two 3-grams that make the 5-gram; the hash is made of the chosen.
    at = np.flatnonzero((hashes[:-2] ^ hashes[2:] * _ODD_HALF) >> _CHOSEN_SHIFT == 0)
    owner = np.searchsorted(laid.ends, at, side="right")
    owner[owner == len(laid)] = 0
    is_inside = (at >= laid.starts[owner]) & (at + 2 < laid.ends[owner])
    at, owner = at[is_inside], owner[is_inside]
    keys = owner.astype(np.uint64) << _HALF | _fives(hashes[at], hashes[at + 2])
    order = np.argsort(keys)
    keys, middles = keys[order], hashes[at[order] + 1]
    if not len(keys):
        return middles, middles, owner
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return (
        keys[first].astype(np.uint32),
        np.minimum.reduceat(middles, first),
        (keys[first] >> _HALF).astype(np.intp),
    )


def read_grams(text: str, known: Rarity) -> Grams:
    """Return the 5-grams of `text`; those of provisions count as common."""
    hashes, at = hash_shingles(normalize(text)), places(text)
    count = max(len(at) - 4, 0)
    fives = _fives(hashes[:-2], hashes[2:]) if count else hashes[:0]
    common = are_common(hashes, known)
    is_rare = ~(common[:-2] & common[1:-1] & common[2:]) if count else common[:0]
    starts, ends = at[:count], at[4 : 4 + count]
    for provision in _PROVISION.finditer(text):
        is_rare &= (ends < provision.start()) | (starts >= provision.end())
    breaks = np.array([found.start() for found in re.finditer("\n", text)], dtype=np.intp)
    keys = fives.astype(np.uint64) << _HALF | np.arange(len(fives), dtype=np.uint64)
    keys.sort()
    ordered, where = (keys >> _HALF).astype(np.uint32), keys.astype(np.uint32).astype(np.intp)
    return Grams(fives, ordered, where, is_rare, starts, ends, np.searchsorted(breaks, starts))


def find_passages(earlier: Grams, later: Grams) -> list[Passage]:
    """Return the shared passages with enough rare words in them, in the later text's order.

    Aligned twice, the second time without what the earlier text says more than once, which leads
    astray as often as it helps; the alignment that finds more is taken.
    """
    if not len(earlier.hashes) or not len(later.hashes):
        return []
    last = len(earlier.ordered) - 1
    found = np.minimum(np.searchsorted(earlier.ordered, later.hashes), last)
    is_shared = earlier.ordered[found] == later.hashes
    is_repeated = (found < last) & (earlier.ordered[np.minimum(found + 1, last)] == later.hashes)
    ways = [is_shared] if not is_repeated.any() else [is_shared, is_shared & ~is_repeated]
    aligned = [
        list(_aligned(earlier, later, (here, earlier.places[found[here]])))
        for here in map(np.flatnonzero, ways)
    ]
    return max(aligned, key=_shared)


def judge_overlap(earlier: Grams, later: Grams, passages: Sequence[Passage]) -> Overlap | None:
    """Return what `later` is to `earlier` by the passages they share, if anything."""
    shared = _shared(passages)
    of_later, of_earlier = (shared / max(one.rare, 1) for one in (later, earlier))
    if shared >= LEAST_SHARED and max(of_later, of_earlier) >= PART_OF:
        return Overlap.EXCERPT if of_later >= of_earlier else Overlap.CONTAINS
    longest = max((passage.shared for passage in passages), default=0)
    return Overlap.QUOTES if longest >= LEAST_QUOTED else None


def _shared(passages: Sequence[Passage]) -> int:
    return sum(passage.shared for passage in passages)


def _aligned(earlier: Grams, later: Grams, places_of: tuple[Places, Places]) -> Iterator[Passage]:
    """Yield the runs of places that go on in both texts."""
    here, there = places_of
    steps, others = np.diff(here), np.diff(there)
    goes_on = (steps <= _GAP) & (others > 0) & (np.abs(others - steps) <= _SHIFT)
    edges = [0, *(np.flatnonzero(~goes_on) + 1).tolist(), len(here)]
    rare = np.concatenate(([0], np.cumsum(later.is_rare[here])))
    for start, end in pairwise(edges):
        shared = int(rare[end] - rare[start])
        if shared >= LEAST_SHARED // 2 and 2 * shared >= end - start:
            yield Passage(
                start=int(later.at[here[start]]),
                end=int(later.ends[here[end - 1]]) + 1,
                other_start=int(earlier.at[there[start]]),
                other_end=int(earlier.ends[there[end - 1]]) + 1,
                other_paragraph=int(earlier.paragraph[there[start]]),
                shared=shared,
            )


def _fives(left: Shingles, right: Shingles) -> Shingles:
    """Return the hash of each 5-gram: of its first three characters and its last three."""
    wide = left.astype(np.uint64) << _HALF | right
    mixed = (wide ^ wide >> np.uint64(29)) * _ODD
    fives: Shingles = (mixed >> _HALF).astype(np.uint32)
    return fives
