"""Is a candidate pair one article?  Jaccard over rare shingles, and beginnings and ends that agree.

Plain Jaccard chains hundreds of articles that merely quote one statute (F1 .22 on the development
set).  Two signals tell them from reposts.  A shingle that stands in more than a few articles that
are not copies of each other is *common* and does not count.  And a repost begins and ends like
its source, while two answers that quote one statute share the middle: where the ends disagree,
far more of the text has to be the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.dedup.laid import Laid
from pipeline.dedup.normalize import normalize
from pipeline.dedup.rarity import Rarity, are_common
from pipeline.dedup.signature import Shingles, distinct, hash_shingles

# Pairs whose signatures agree less are not looked at: at a true Jaccard of .35 one in 1,000.
PREFILTER_JACCARD: Final = 0.22

# An end is 48 shingles; 3 % of true pairs share less than .3 of one, and 70 % of false ones.
END_LENGTH: Final = 48
ENDS_AGREE: Final = 0.30

# A text that is nearly all common (a statute's own page) is judged by all its shingles instead.
LEAST_RARE_SHARE: Final = 0.05
ALL_COMMON_JACCARD: Final = 0.80

# Copies for counting: surely one article before anything is known of the corpus.
COPY_JACCARD: Final = 0.70
COPY_PREFILTER_JACCARD: Final = 0.55  # as estimated; below it one true pair in 4,000


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

    @property
    def is_all_common(self) -> bool:
        """Whether next to none of its shingles is rare."""
        return len(self.rare) < LEAST_RARE_SHARE * len(self.profile.shingles)


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


def profiles_of(hashes: Laid, shingles: Laid) -> Iterator[Profile]:
    """Yield the profiles of texts by their hashes in order of place, and sorted and distinct."""
    for placed, once in zip(hashes, shingles, strict=True):
        yield Profile(once, placed[:END_LENGTH].copy(), placed[-END_LENGTH:].copy())


def weigh(one: Profile, known: Rarity) -> Weighed:
    """Return a profile with its rare shingles."""
    return Weighed(one, one.shingles[~are_common(one.shingles, known)])


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


def _is_all_common(left: Weighed, right: Weighed) -> bool:
    return left.is_all_common and right.is_all_common


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
