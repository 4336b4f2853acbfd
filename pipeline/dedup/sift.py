"""Candidate pairs sifted in bulk: those that share hardly anything rare are dropped by sketches.

Of two answers that quote one statute the signatures agree, and comparing their shingles costs some
twenty microseconds.  A sketch of each text's rare shingles, 2,048 bits, tells nearly all such pairs
at a hundredth of that; a pair that the thresholds would keep shares twice as many bits as it asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.confirm import Profile, Weighed
from pipeline.dedup.laid import Laid, Places, kept
from pipeline.dedup.rarity import Rarity, are_common

_BITS: Final = 2048
_SAMPLED_BITS: Final = np.uint32(3)  # one shingle in eight has its bit set: 9 % of all at 1,500
_FEWEST: Final = 24  # bits; a sketch of fewer tells nothing
_SLACK: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sieve:
    """Texts with their rare shingles, and sketches of these."""

    texts: Sequence[Weighed]
    sketches: NDArray[np.uint64]  # shape (texts, 32)
    bits: NDArray[np.uint64]  # how many are set, a text
    is_all_common: NDArray[np.bool_]

    def passes(self, left: Places, right: Places, known: Rarity) -> NDArray[np.bool_]:
        """Tell of each pair of places in `texts` whether it may be one article."""
        shared = np.bitwise_count(self.sketches[left] & self.sketches[right]).sum(axis=1)
        both = self.bits[left] + self.bits[right]
        wanted = _SLACK * known.ends_agree / (1 + known.ends_agree) * both
        too_few = np.minimum(self.bits[left], self.bits[right]) < _FEWEST
        passes: NDArray[np.bool_] = (
            (shared >= wanted) | too_few | (self.is_all_common[left] & self.is_all_common[right])
        )
        return passes


def sieve(profiles: Sequence[Profile], known: Rarity) -> Sieve:
    """Weigh texts all at once."""
    laid = Laid.of([one.shingles for one in profiles])
    rare = kept(laid, ~are_common(laid.values, known))
    texts = [Weighed(one, some) for one, some in zip(profiles, rare, strict=True)]
    sketches = _sketches(rare)
    return Sieve(
        texts,
        sketches,
        np.bitwise_count(sketches).sum(axis=1, dtype=np.uint64),
        np.array([one.is_all_common for one in texts], dtype=np.bool_),
    )


def _sketches(rare: Laid) -> NDArray[np.uint64]:
    chosen = kept(rare, rare.values & np.uint32((1 << int(_SAMPLED_BITS)) - 1) == 0)
    owner = np.repeat(np.arange(len(chosen)), chosen.lengths)
    bits = np.zeros((len(chosen), _BITS), dtype=np.bool_)
    bits[owner, (chosen.values >> _SAMPLED_BITS) % np.uint32(_BITS)] = True
    sketches: NDArray[np.uint64] = np.packbits(bits, axis=1).view(np.uint64)
    return sketches
