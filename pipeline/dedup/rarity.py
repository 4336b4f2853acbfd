"""Which shingles are common in a corpus, and so count for nothing when two texts are compared.

A shingle that stands in more than a few articles that are not copies of each other is *common*: the
words of a statute, a site's notices.  What is common is a matter of the corpus: a `Rarity` is
counted once over the first `size` texts and then stays, so that a pair's verdict depends on two
texts and a rarity, and on nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.signature import Shingles

# The bound of rarity.  On the development set 8 to 14 are equally good from 64 texts to 8,703;
# `python -m tests.shared.dedup` prints the curve.  Growth beyond that is extrapolated.
BOUND_FLOOR: Final = 8
BOUND_GROWS_FROM: Final = 1024
BOUND_EXPONENT: Final = 0.2

# Thresholds fall with the corpus: among few texts it is not known yet what is common, and a false
# pair costs more there.  Two interpretations by one court reach a rare Jaccard of .28.
SMALL: Final = 128
LARGE: Final = 8192
ENDS_AGREE_THRESHOLD: Final = (0.30, 0.20)  # at SMALL and below, at LARGE and above
ENDS_DIFFER_THRESHOLD: Final = (0.80, 0.35)
EVENLY_THRESHOLD: Final = (0.25, 0.14)  # none of these: .957 for .981 of 1,024 texts of one topic

# Neighbouring hashes are counted together, in buckets by their leading bits: 2^13 buckets for each
# text that is counted (a text has some 600 shingles), 2^20 at least, 2^27 (16 MB) at most.
_BUCKETS_PER_TEXT_BITS: Final = 13
_BUCKET_BITS: Final = (20, 27)
# Shingles counted at a time, in order of their buckets: 16 MB, so that the table is gone through
# and not jumped about in, which costs five times as much.
_COUNTED: Final = 1 << 22
_SORTED: Final = 1 << 14  # texts whose shingles are sorted all at once, in some 100 MB
_MOST: Final = np.iinfo(np.uint8).max  # counted no further
_BLOCK: Final = 1 << 14  # shingles looked up at a time: their places stay in the first caches
_BYTE_BITS: Final = np.uint32(3)
_IN_BYTE: Final = np.uint32(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """Which shingles are common in a corpus, and what a pair must reach there."""

    size: int  # texts that were looked at; 0: none yet, nothing is common
    bound: int  # a shingle in more texts than this is common
    ends_agree: float  # least rare Jaccard of a pair whose ends agree
    evenly: float  # ... of one that agrees a little everywhere
    ends_differ: float  # ... and of another pair
    table: NDArray[np.uint8]  # one bit a bucket of shingles, set where common

    @property
    def least(self) -> float:
        """The least rare Jaccard of any pair that is one article, but where all is common."""
        return min(self.ends_agree, self.evenly)

    @property
    def shift(self) -> int:
        """By how many bits a shingle is to be shifted for the number of its bucket."""
        return 32 - _bucket_bits(self.size)


def bound_of(size: int) -> int:
    """Return in how many of `size` texts a shingle may stand and still be rare."""
    growth: float = max(1.0, size / BOUND_GROWS_FROM) ** BOUND_EXPONENT
    return round(BOUND_FLOOR * growth)


def rarity(size: int, common: Shingles) -> Rarity:
    """Return the rarity of a corpus of `size` texts in which the shingles `common` are common."""
    table = np.zeros((1 << _bucket_bits(size)) // 8, dtype=np.uint8)
    buckets = _buckets(common, size)
    bits = np.uint8(1) << (buckets & _IN_BYTE).astype(np.uint8)
    np.bitwise_or.at(table, buckets >> _BYTE_BITS, bits)
    return Rarity(
        size=size,
        bound=bound_of(size),
        ends_agree=_between(ENDS_AGREE_THRESHOLD, size),
        evenly=_between(EVENLY_THRESHOLD, size),
        ends_differ=_between(ENDS_DIFFER_THRESHOLD, size),
        table=table,
    )


def are_common(hashes: Shingles, known: Rarity) -> NDArray[np.bool_]:
    """Tell of each shingle whether it is common."""
    common = np.empty(len(hashes), dtype=np.bool_)
    for first in range(0, len(hashes), _BLOCK):
        buckets = _buckets(hashes[first : first + _BLOCK], known.size)
        bits = known.table.take((buckets >> _BYTE_BITS).astype(np.intp))
        bits >>= (buckets & _IN_BYTE).astype(np.uint8)
        common[first : first + _BLOCK] = (bits & np.uint8(1)).view(np.bool_)
    return common


def find_common(texts: Iterable[Shingles], size: int) -> Shingles:
    """Return, sorted, the least shingle of each bucket that stands over `bound_of(size)` times.

    `texts` are the canonical ones among the first `size`: a mass repost must not make its own words
    common (recall of one article with 300 copies: 1.0 so, and 0.0 otherwise).
    """
    count = _count_sorted if size <= _SORTED else _count_in_table
    buckets = count(texts, size)
    common: Shingles = buckets << np.uint32(32 - _bucket_bits(size))
    return common


def _count_sorted(texts: Iterable[Shingles], size: int) -> Shingles:
    """Return the common buckets: in order, what stands there again `bound` places further on."""
    ordered = _buckets(np.concatenate([np.empty(0, dtype=np.uint32), *texts]), size)
    ordered.sort()
    bound = bound_of(size)
    again = ordered[bound:][ordered[bound:] == ordered[:-bound]]
    return np.unique(again)


def _count_in_table(texts: Iterable[Shingles], size: int) -> Shingles:
    """Return the same where the buckets of all texts are too many to be held at once."""
    counts = np.zeros(1 << _bucket_bits(size), dtype=np.uint8)
    bound = bound_of(size)
    common = [np.empty(0, dtype=np.uint32)]
    for some in _held(texts):
        buckets, times = np.unique(_buckets(some, size), return_counts=True)
        before = counts[buckets]
        now = before + np.minimum(times, _MOST - before).astype(np.uint8)
        counts[buckets] = now
        common.append(buckets[(before <= bound) & (now > bound)])
    return np.sort(np.concatenate(common))


def _held(texts: Iterable[Shingles]) -> Iterator[Shingles]:
    """Yield the shingles of some texts, together."""
    some, held = list[Shingles](), 0
    for shingles in texts:
        some.append(shingles)
        held += len(shingles)
        if held >= _COUNTED:
            yield np.concatenate(some)
            some, held = [], 0
    if some:
        yield np.concatenate(some)


def _between(limits: tuple[float, float], size: int) -> float:
    """Go from the first limit to the second by equal steps for each doubling of the corpus."""
    doublings = np.log2(np.clip(size, SMALL, LARGE) / SMALL) / np.log2(LARGE / SMALL)
    return float(limits[0] + (limits[1] - limits[0]) * doublings)


def _bucket_bits(size: int) -> int:
    least, most = _BUCKET_BITS
    return min(max(max(size, 1).bit_length() - 1 + _BUCKETS_PER_TEXT_BITS, least), most)


def _buckets(shingles: Shingles, size: int) -> Shingles:
    buckets: Shingles = shingles >> np.uint32(32 - _bucket_bits(size))
    return buckets
