"""Is a candidate pair one article?  Jaccard over rare shingles, and beginnings and ends that agree.

Plain Jaccard chains hundreds of articles that merely quote one statute (F1 .22 on the development
set).  Two signals tell them from reposts.  A shingle that stands in more than a few articles that
are not copies of each other is *common* and does not count.  And a repost begins and ends like
its source, while two answers that quote one statute share the middle: where the ends disagree, far
more of the text has to be the same.  Unless it is the same a little everywhere, as no shared
passage is: so is a text that was rewritten throughout.
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

# A copy rewritten throughout keeps words of its source in each quarter: with a third of its text
# replaced 95 of 100 keep .30 of them, and 19 of 100 unrelated pairs with as many rare words shared.
# It is about as long as its source, and an interpretation that took in a shorter one is not.
QUARTERS: Final = 4
EVENLY: Final = 0.30
AS_LONG: Final = 0.60
_SAMPLED: Final = 256  # shingles at least, of a longer text; a quarter's share within .06

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
    sampled: Shingles  # every so-manieth, in order of place


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
    return _profile(hashes, distinct(hashes))


def profiles_of(hashes: Laid, shingles: Laid) -> Iterator[Profile]:
    """Yield the profiles of texts by their hashes in order of place, and sorted and distinct."""
    for placed, once in zip(hashes, shingles, strict=True):
        yield _profile(placed, once)


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
    rare_jaccard = jaccard if _is_all_common(left, right) else _rare_jaccard(left, right)
    return Comparison(
        jaccard,
        rare_jaccard,
        shared / min(sizes),
        _is_duplicate((left, right), rare_jaccard, known),
    )


def find_match(left: Weighed, right: Weighed, known: Rarity) -> Comparison | None:
    """Compare as `measure` does, if the two texts are one article; at a fraction of the cost."""
    if not _is_all_common(left, right):
        least, most = sorted((len(left.rare), len(right.rare)))
        if least < known.least * most or _rare_jaccard(left, right) < known.least:
            return None
    comparison = measure(left, right, known)
    return comparison if comparison.is_duplicate else None


def is_copy(left: Profile, right: Profile) -> bool:
    """Tell whether two texts are surely one article, whatever the corpus."""
    sizes = sorted((len(left.shingles), len(right.shingles)))
    if not sizes[0] or sizes[0] < COPY_JACCARD * sizes[1]:
        return False
    jaccard = _jaccard(_count_shared(left.shingles, right.shingles), *sizes)
    return jaccard >= COPY_JACCARD and ends_agree(left, right)


def ends_agreement(left: Profile, right: Profile) -> float:
    """Return how well the worse of the two ends agrees, 0 to 1.

    An end agrees as far as one text's is found anywhere in the other: a repost may stand under a
    new heading, then still the source's own opening is found in it.
    """
    opening = max(_part(left.opening, right.shingles), _part(right.opening, left.shingles))
    closing = max(_part(left.closing, right.shingles), _part(right.closing, left.shingles))
    return min(opening, closing)


def evenness(left: Profile, right: Profile) -> float:
    """Return how much of the quarter that agrees least, of either text, the other has, 0 to 1.

    Nothing where one is much longer than the other.
    """
    shorter, longer = sorted((len(left.shingles), len(right.shingles)))
    if not shorter or shorter < AS_LONG * longer:
        return 0.0
    return min(_least_quarter(left, right.shingles), _least_quarter(right, left.shingles))


def _profile(placed: Shingles, once: Shingles) -> Profile:
    step = max(len(placed) // _SAMPLED, 1)
    ends = placed[:END_LENGTH].copy(), placed[-END_LENGTH:].copy()
    return Profile(once, *ends, placed[::step].copy())


def ends_agree(left: Profile, right: Profile) -> bool:
    """Tell whether `ends_agreement` is enough, looking no further than that takes."""
    return (
        _part(left.opening, right.shingles) >= ENDS_AGREE
        or _part(right.opening, left.shingles) >= ENDS_AGREE
    ) and (
        _part(left.closing, right.shingles) >= ENDS_AGREE
        or _part(right.closing, left.shingles) >= ENDS_AGREE
    )


def _is_all_common(left: Weighed, right: Weighed) -> bool:
    return left.is_all_common and right.is_all_common


def _is_duplicate(pair: tuple[Weighed, Weighed], rare_jaccard: float, known: Rarity) -> bool:
    """Apply the rule: the more of what is rare is shared, the less of the rest has to agree."""
    left, right = pair[0].profile, pair[1].profile
    if _is_all_common(*pair):
        return rare_jaccard >= ALL_COMMON_JACCARD and ends_agree(left, right)
    if rare_jaccard >= known.ends_differ:
        return True
    if rare_jaccard >= known.ends_agree and ends_agree(left, right):
        return True
    return rare_jaccard >= known.evenly and evenness(left, right) >= EVENLY


def _rare_jaccard(left: Weighed, right: Weighed) -> float:
    shared = _count_shared(left.rare, right.rare)
    return _jaccard(shared, len(left.rare), len(right.rare))


def _count_shared(left: Shingles, right: Shingles) -> int:
    merged = np.concatenate((left, right))
    merged.sort()
    return int(np.count_nonzero(merged[1:] == merged[:-1]))


def _least_quarter(one: Profile, whole: Shingles) -> float:
    """Return the share of the worst quarter's sampled shingles that stand in `whole`."""
    places = np.minimum(np.searchsorted(whole, one.sampled), len(whole) - 1)
    is_there = whole[places] == one.sampled
    return min(float(part.mean()) for part in np.array_split(is_there, QUARTERS) if len(part))


def _part(end: Shingles, whole: Shingles) -> float:
    words = distinct(end)
    found = whole.take(whole.searchsorted(words), mode="clip")
    return int(np.count_nonzero(found == words)) / len(words)


def _jaccard(shared: int, left: int, right: int) -> float:
    return shared / max(left + right - shared, 1)
