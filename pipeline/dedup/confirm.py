"""Is a candidate pair one article?  Jaccard over rare shingles, and beginnings and ends that agree.

Plain Jaccard chains hundreds of articles that merely quote one statute (F1 .22 on the development
set).  Two signals tell them from reposts.  A shingle that stands in more than a few articles that
are not copies of each other is *common* and does not count.  And a repost begins and ends like
its source, while two answers that quote one statute share the middle: where the ends disagree,
far more of the text has to be the same.

What is common is a matter of the corpus: a `Rarity` is counted once over the first `size` texts
and then stays, so that a pair's verdict depends on two texts and a rarity, and on nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.normalize import normalize
from pipeline.dedup.signature import Shingles, distinct, hash_shingles

# Pairs whose signatures agree less are not looked at: at a true Jaccard of .35 one in 1,000.
PREFILTER_JACCARD: Final = 0.22

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

# An end is 48 shingles; 3 % of true pairs share less than .3 of one, and 70 % of false ones.
END_LENGTH: Final = 48
ENDS_AGREE: Final = 0.30

# A text that is nearly all common (a statute's own page) is judged by all its shingles instead.
LEAST_RARE_SHARE: Final = 0.05
ALL_COMMON_JACCARD: Final = 0.80

# Copies for counting: surely one article before anything is known of the corpus.
COPY_JACCARD: Final = 0.70
COPY_PREFILTER_JACCARD: Final = 0.55  # as estimated; below it one true pair in 4,000

# Neighbouring hashes are counted together, in buckets by their leading bits: 2^13 buckets for each
# text that is counted (a text has some 600 shingles), 2^20 at least, 2^27 (128 MB) at most.
_BUCKETS_PER_TEXT_BITS: Final = 13
_BUCKET_BITS: Final = (20, 27)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a verdict needs of one text."""

    shingles: Shingles  # sorted, distinct
    opening: Shingles  # those of the first END_LENGTH places, as they stand there
    closing: Shingles


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text's profile, and which of its shingles are rare."""

    profile: Profile
    rare: Shingles  # sorted, distinct


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """Which shingles are common in a corpus, and what a pair must reach there."""

    size: int  # texts that were looked at; 0: none yet, nothing is common
    bound: int  # a shingle in more texts than this is common
    ends_agree: float  # least rare Jaccard of a pair whose ends agree
    ends_differ: float  # ... and of another pair
    table: NDArray[np.bool_]  # one a bucket of shingles, true where common

    @property
    def shift(self) -> int:
        """By how many bits a shingle is to be shifted for the number of its bucket."""
        return 32 - _bucket_bits(self.size)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two texts are, and whether they are one article."""

    jaccard: float  # over all shingles, 0 to 1
    rare_jaccard: float  # over rare shingles, 0 to 1; over all where next to none is rare
    containment: float  # the share of the smaller text's shingles that the other has
    is_duplicate: bool


def profile(text: str) -> Profile:
    """Return the shingles of `text` and of its two ends."""
    return profile_of(hash_shingles(normalize(text)))


def profile_of(hashes: Shingles) -> Profile:
    """Return the profile of a text by the hashes of its 3-grams in order of place."""
    ends = hashes[:END_LENGTH].copy(), hashes[-END_LENGTH:].copy()
    return Profile(distinct(hashes), *ends)


def weigh(one: Profile, known: Rarity) -> Weighed:
    """Return a profile with its rare shingles."""
    return Weighed(one, one.shingles[~are_common(one.shingles, known)])


def are_common(hashes: Shingles, known: Rarity) -> NDArray[np.bool_]:
    """Tell of each shingle whether it is common."""
    common: NDArray[np.bool_] = known.table[_buckets(hashes, known.size)]
    return common


def bound_of(size: int) -> int:
    """Return in how many of `size` texts a shingle may stand and still be rare."""
    growth: float = max(1.0, size / BOUND_GROWS_FROM) ** BOUND_EXPONENT
    return round(BOUND_FLOOR * growth)


def rarity(size: int, common: Shingles) -> Rarity:
    """Return the rarity of a corpus of `size` texts in which the shingles `common` are common."""
    table = np.zeros(1 << _bucket_bits(size), dtype=np.bool_)
    table[_buckets(common, size)] = True
    return Rarity(
        size=size,
        bound=bound_of(size),
        ends_agree=_between(ENDS_AGREE_THRESHOLD, size),
        ends_differ=_between(ENDS_DIFFER_THRESHOLD, size),
        table=table,
    )


def find_common(texts: Iterable[Shingles], size: int) -> Shingles:
    """Return, sorted, the least shingle of each bucket that more than `bound_of(size)` texts have.

    `texts` are the canonical ones among the first `size`: a mass repost must not make its own
    words common (recall of one article with 300 copies: 1.0 so, and 0.0 otherwise).
    """
    counts = np.zeros(1 << _bucket_bits(size), dtype=np.uint8)
    for shingles in texts:
        buckets = distinct(_buckets(shingles, size))
        seen = counts[buckets]
        counts[buckets] = seen + (seen < np.iinfo(np.uint8).max)
    common = np.flatnonzero(counts > bound_of(size)).astype(np.uint32)
    least: Shingles = common << np.uint32(32 - _bucket_bits(size))
    return least


def compare(left: Profile, right: Profile, known: Rarity) -> Comparison:
    """Compare two texts; the same in either order."""
    return measure(weigh(left, known), weigh(right, known), known)


def measure(left: Weighed, right: Weighed, known: Rarity) -> Comparison:
    """Compare two texts whose rare shingles are known; the same in either order."""
    sizes = len(left.profile.shingles), len(right.profile.shingles)
    if not min(sizes):
        return Comparison(0.0, 0.0, 0.0, is_duplicate=False)
    shared = _count_shared(left.profile.shingles, right.profile.shingles)
    jaccard = _jaccard(shared, *sizes)
    is_common = _is_all_common(left, right)
    rare_jaccard = jaccard if is_common else _rare_jaccard(left, right)
    return Comparison(
        jaccard,
        rare_jaccard,
        shared / min(sizes),
        _is_duplicate(left.profile, right.profile, rare_jaccard, _least(known, is_common)),
    )


def find_match(left: Weighed, right: Weighed, known: Rarity) -> Comparison | None:
    """Compare as `measure` does, if the two texts are one article; at a fraction of the cost."""
    if not _is_all_common(left, right):
        least, most = sorted((len(left.rare), len(right.rare)))
        if least < known.ends_agree * most or _rare_jaccard(left, right) < known.ends_agree:
            return None
    comparison = measure(left, right, known)
    return comparison if comparison.is_duplicate else None


def is_copy(left: Profile, right: Profile) -> bool:
    """Tell whether two texts are surely one article, whatever the corpus."""
    sizes = sorted((len(left.shingles), len(right.shingles)))
    if not sizes[0] or sizes[0] < COPY_JACCARD * sizes[1]:
        return False
    jaccard = _jaccard(_count_shared(left.shingles, right.shingles), *sizes)
    return jaccard >= COPY_JACCARD and ends_agreement(left, right) >= ENDS_AGREE


def ends_agreement(left: Profile, right: Profile) -> float:
    """Return how well the worse of the two ends agrees, 0 to 1.

    An end agrees as far as one text's is found anywhere in the other: a repost may stand under a
    new heading, then still the source's own opening is found in it.
    """
    opening = max(_part(left.opening, right.shingles), _part(right.opening, left.shingles))
    closing = max(_part(left.closing, right.shingles), _part(right.closing, left.shingles))
    return min(opening, closing)


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


def _is_all_common(left: Weighed, right: Weighed) -> bool:
    return all(
        len(one.rare) < LEAST_RARE_SHARE * len(one.profile.shingles) for one in (left, right)
    )


def _least(known: Rarity, is_common: bool) -> tuple[float, float]:
    return (ALL_COMMON_JACCARD, 1.0) if is_common else (known.ends_agree, known.ends_differ)


def _is_duplicate(
    left: Profile, right: Profile, rare_jaccard: float, least: tuple[float, float]
) -> bool:
    return rare_jaccard >= least[0] and (
        rare_jaccard >= least[1] or ends_agreement(left, right) >= ENDS_AGREE
    )


def _rare_jaccard(left: Weighed, right: Weighed) -> float:
    shared = _count_shared(left.rare, right.rare)
    return _jaccard(shared, len(left.rare), len(right.rare))


def _count_shared(left: Shingles, right: Shingles) -> int:
    merged = np.concatenate((left, right))
    merged.sort()
    return int(np.count_nonzero(merged[1:] == merged[:-1]))


def _part(end: Shingles, whole: Shingles) -> float:
    words = distinct(end)
    return _count_shared(words, whole) / len(words)


def _jaccard(shared: int, left: int, right: int) -> float:
    return shared / max(left + right - shared, 1)
