"""Candidate pairs sifted in bulk: those that share hardly anything rare are dropped by sketches.

Of two answers that quote one statute the signatures agree, and comparing their shingles costs some
twenty microseconds.  A sketch of each text's rare shingles, 2,048 bits, tells nearly all such pairs
at a hundredth of that; a pair that the thresholds would keep shares twice as many bits as it asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.confirm import LEAST_RARE_SHARE, Profile, Weighed
from pipeline.dedup.laid import Laid, Places, kept, slabs
from pipeline.dedup.rarity import Rarity, are_common

Numbers = NDArray[np.int32]

_BITS: Final = 2048
_SAMPLED_BITS: Final = np.uint32(3)  # one shingle in eight has its bit set: 9 % of all at 1,500
_UNSAMPLED: Final = np.uint32((1 << int(_SAMPLED_BITS)) - 1)
_FEWEST: Final = 24  # bits; a sketch of fewer tells nothing
_SLACK: Final = 0.5
_AT_ONCE: Final = 1024  # texts sketched at a time, in some 20 MB
_COMPARED: Final = 2048  # pairs at a time: 1 MB of sketches stays in the cache


_KEPT: Final = 1 << 16  # texts whose sketches are kept, in 20 MB


def _no_sketches() -> NDArray[np.uint64]:
    return np.empty((0, _BITS // 64), dtype=np.uint64)


@dataclass(slots=True)
class Sieve:
    """Sketches of texts, each made once however often its text is compared."""

    known: Rarity
    places: dict[int, int] = field(default_factory=dict)  # of texts by number, in the arrays
    sketches: NDArray[np.uint64] = field(default_factory=_no_sketches)
    is_all_common: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=np.bool_))

    def passes(
        self, left: Numbers, right: Numbers, profiles: Mapping[int, Profile]
    ) -> NDArray[np.bool_]:
        """Tell of each pair of text numbers whether it may be one article."""
        numbers = np.unique(np.concatenate((left, right)))
        self._learn(numbers.tolist(), profiles)
        places = np.array([self.places[number] for number in numbers.tolist()], dtype=np.intp)
        one, other = (places[np.searchsorted(numbers, some)] for some in (left, right))
        kept = np.empty(len(left), dtype=np.bool_)
        for first in range(0, len(left), _COMPARED):
            some = slice(first, first + _COMPARED)
            kept[some] = self._passes(one[some], other[some])
        return kept

    def _passes(self, left: Places, right: Places) -> NDArray[np.bool_]:
        ours, theirs = self.sketches[left], self.sketches[right]
        shared = np.bitwise_count(ours & theirs).sum(axis=1)
        bits = [np.bitwise_count(one).sum(axis=1, dtype=np.uint64) for one in (ours, theirs)]
        least = self.known.least
        wanted = _SLACK * least / (1 + least) * (bits[0] + bits[1])
        passes: NDArray[np.bool_] = (
            (shared >= wanted)
            | (np.minimum(*bits) < _FEWEST)
            | (self.is_all_common[left] & self.is_all_common[right])
        )
        return passes

    def _learn(self, numbers: Sequence[int], profiles: Mapping[int, Profile]) -> None:
        """Sketch the texts that are not sketched yet; where there are too many, only these."""
        new = [number for number in numbers if number not in self.places]
        if len(self.places) + len(new) > _KEPT:
            new = list(numbers)
            self.places.clear()
            self.sketches, self.is_all_common = _no_sketches(), np.empty(0, dtype=np.bool_)
        for first in range(0, len(new), _AT_ONCE):
            some = new[first : first + _AT_ONCE]
            laid = Laid.of([profiles[number].shingles for number in some])
            sampled = _rare(kept(laid, laid.values & _UNSAMPLED == 0), self.known)
            common = _are_all_common(laid, sampled.lengths, self.known)
            self.places.update(zip(some, count(len(self.places)), strict=False))
            self.sketches = np.concatenate((self.sketches, _sketches(sampled)))
            self.is_all_common = np.concatenate((self.is_all_common, common))


def weigh_all(profiles: Sequence[Profile], known: Rarity) -> list[Weighed]:
    """Return profiles with their rare shingles, a slab of them at once."""
    weighed = list[Weighed]()
    for slab in slabs([len(one.shingles) for one in profiles]):
        some = profiles[slab]
        rare = _rare(Laid.of([one.shingles for one in some]), known)
        weighed += (Weighed(*pair) for pair in zip(some, rare, strict=True))
    return weighed


def _rare(laid: Laid, known: Rarity) -> Laid:
    return kept(laid, ~are_common(laid.values, known))


def _are_all_common(laid: Laid, least: Places, known: Rarity) -> NDArray[np.bool_]:
    """Tell of each text whether next to none of its shingles is rare; at least `least` are.

    Of most texts the sample says that more are, and the others need not be looked up.
    """
    wanted = LEAST_RARE_SHARE * laid.lengths
    is_common: NDArray[np.bool_] = least < wanted
    if is_common.any():
        rare = _rare(laid.chosen(is_common), known).lengths
        is_common[is_common] = rare < wanted[is_common]
    return is_common


def _sketches(sampled: Laid) -> NDArray[np.uint64]:
    owner = np.repeat(np.arange(len(sampled)), sampled.lengths)
    bits = np.zeros((len(sampled), _BITS), dtype=np.bool_)
    bits[owner, (sampled.values >> _SAMPLED_BITS) % np.uint32(_BITS)] = True
    sketches: NDArray[np.uint64] = np.packbits(bits, axis=1).view(np.uint64)
    return sketches
