"""How the bound of rarity holds from 1,000 articles to 1,000,000.

    python -m tests.bench.dedup_rarity [TEXTS ...]   # 1000, 8192, 65536, 262144 by default

Corpora of shingles, not of texts, drawn as the 3-grams of 3,444 real articles are distributed: a
text has 547 of them, and the one of rank r stands in a share of the texts that falls with r as
`_SHARES` says (measured up to 3,444 texts; the last slope is extrapolated).  Common ones are
counted as an epoch counts them.  Printed for each size, as means over texts or pairs:

rare          of a text's own shingles those that are rare, and their share; were the bound 8 still
sharing one   texts that have a rare shingle in common with a text: what an index of them would give
unrelated     rare Jaccard of two unrelated texts, the highest of 2,000 pairs
rewritten     rare Jaccard of a text and a copy that has kept two thirds of its shingles
quoted N      of two texts that share a passage of a third of each, which N texts have
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.rarity import Rarity, are_common, bound_of, find_common, rarity
from pipeline.dedup.signature import Shingles, distinct
from tests.shared.figures import table

OWN: Final = 547  # shingles of a text
PASSAGE: Final = OWN // 3
QUOTED: Final = (4, 8, 16, 32, 64, 256)  # times
SAMPLE: Final = 200  # texts looked at

# The share of texts in which the shingle of a rank stands; a power of the rank between.
_RANKS: Final = np.array([1.0, 10, 100, 1e3, 1e4, 1e5, 1e15])
_SHARES: Final = np.array([0.30, 0.22, 0.094, 0.033, 0.0059, 9e-4, 9e-4 * 1e10**-1.4])
_DRAWN: Final = 4096  # texts at a time

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)

Chance = np.random.Generator


def main(sizes: Sequence[int]) -> None:
    """Print a line a size."""
    head = ("texts", "bound", "rare", "share", "with 8", "sharing one", "unrelated", "rewritten")
    lines: list[tuple[object, ...]] = [(*head, *(f"quoted {n}" for n in QUOTED))]
    lines += [_line(size) for size in sizes]
    print(table(lines))


def _line(size: int) -> tuple[object, ...]:
    chance = np.random.default_rng(size)
    sample: list[Shingles] = []
    known = rarity(size, find_common(_corpus(size, chance, sample), size))
    rare = [text[~are_common(text, known)] for text in sample]
    count = float(np.mean([len(one) for one in rare]))
    pairs = chance.integers(0, len(rare), (2000, 2))
    unrelated = max(_jaccard(rare[i], rare[j]) for i, j in pairs if i != j)
    quoted = [_quoted(times, sample, known, chance) for times in QUOTED]
    return (
        size,
        bound_of(size),
        f"{count:.0f}",
        f"{count / OWN:.2f}",
        f"{_rare_share(size, 8):.2f}",
        f"{_sharing(size, bound_of(size)):.0f}",
        f"{unrelated:.3f}",
        f"{np.mean([_rewritten(one, chance) for one in rare]):.2f}",
        *(f"{one:.2f}" for one in quoted),
    )


def _corpus(size: int, chance: Chance, sample: list[Shingles]) -> Iterator[Shingles]:
    """Yield the texts, and keep the first of them as they stand."""
    for start in range(0, size, _DRAWN):
        count = min(_DRAWN, size - start)
        drawn = _hashed(_draw(count * OWN, chance)).reshape(count, OWN)
        if not start:
            sample += [distinct(text) for text in drawn[:SAMPLE]]
        yield from (distinct(text) for text in drawn)


def _quoted(times: int, sample: Sequence[Shingles], known: Rarity, chance: Chance) -> float:
    """Return the mean rare Jaccard of pairs whose shared passage so many texts have."""
    if times > known.bound:
        return _mean_pair(sample, known, np.empty(0, dtype=np.uint32))
    passage = _hashed(_draw(PASSAGE, chance))
    # Its shingles are in `times` texts more than they would be; none that was rare is common then.
    return _mean_pair(sample, known, passage[~are_common(passage, known)])


def _mean_pair(sample: Sequence[Shingles], known: Rarity, passage: Shingles) -> float:
    """Return the mean for neighbours that have two thirds of their own, and the rare `passage`."""
    parts = [text[:: len(text) // PASSAGE][:PASSAGE] for text in sample]
    own = [np.setdiff1d(text, part) for text, part in zip(sample, parts, strict=True)]
    rare = [distinct(np.append(one[~are_common(one, known)], passage)) for one in own]
    return float(np.mean([_jaccard(*pair) for pair in pairwise(rare)]))


def _rewritten(rare: Shingles, chance: Chance) -> float:
    kept = rare[chance.random(len(rare)) < 2 / 3]
    new = chance.integers(0, 1 << 32, len(rare) - len(kept), dtype=np.uint32)
    return _jaccard(rare, distinct(np.append(kept, new)))


def _jaccard(left: Shingles, right: Shingles) -> float:
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared / max(len(left) + len(right) - shared, 1)


def _draw(count: int, chance: Chance) -> NDArray[np.uint64]:
    """Draw ranks, each as often as its share."""
    edges, slopes, sums = _pieces()
    at = chance.random(count) * sums[-1]
    piece = np.searchsorted(sums[1:], at, side="right")
    # The integral of a power from the piece's first rank on, turned round.
    begin, share, power = edges[piece], _SHARES[piece], 1 + slopes[piece]
    ranks = begin * (1 + (at - sums[piece]) * power / (share * begin)) ** (1 / power)
    drawn: NDArray[np.uint64] = ranks.astype(np.uint64)
    return drawn


def _pieces() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return where each power begins, its slope, and the sum of shares up to each."""
    slopes = np.diff(np.log(_SHARES)) / np.diff(np.log(_RANKS))
    grown = (_RANKS[1:] / _RANKS[:-1]) ** (1 + slopes) - 1
    sums = np.append(0, np.cumsum(_SHARES[:-1] * _RANKS[:-1] * grown / (1 + slopes)))
    return _RANKS[:-1], slopes, sums


def _rare_share(size: int, bound: int) -> float:
    """Return the share of a text's shingles that stand in `bound` texts at most, on average."""
    ranks, shares = _grid()
    weights = shares * np.gradient(ranks)
    return float(weights[shares * size <= bound].sum() / weights.sum())


def _sharing(size: int, bound: int) -> float:
    """Return in how many other texts the rare shingles of one stand, on average."""
    ranks, shares = _grid()
    weights = shares * np.gradient(ranks)
    is_rare = shares * size <= bound
    return float((weights * shares)[is_rare].sum() * size * OWN / weights.sum())


def _grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ranks = np.geomspace(1, 1e15, 20_000)
    return ranks, np.exp(np.interp(np.log(ranks), np.log(_RANKS), np.log(_SHARES)))


def _hashed(ranks: NDArray[np.uint64]) -> Shingles:
    mixed = ranks * _SPREAD
    mixed = (mixed ^ mixed >> np.uint64(29)) * _SPREAD
    hashes: Shingles = (mixed >> np.uint64(32)).astype(np.uint32)
    return hashes


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1000, 8192, 65_536, 262_144])
