"""How the bound of rarity should grow: F1 over corpora of growing size, drawn from one set.

A *mixed* corpus has families at random; one of *one topic* has families that share passages with
each other, which is what a site about debt or divorce looks like.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.confirm import PREFILTER_JACCARD, Profile, compare, is_copy, profile
from pipeline.dedup.laid import Laid
from pipeline.dedup.normalize import normalize
from pipeline.dedup.passages import LEAST_FRAGMENTS, sample
from pipeline.dedup.rarity import Rarity, bound_of, rarity
from pipeline.dedup.signature import (
    BANDS,
    bands,
    estimated_jaccard,
    hash_shingles,
    signatures,
)

Row = dict[str, Any]
Pair = tuple[int, int]

_NEIGHBOURS = 6  # of one family, so that a topic spreads through many families


def sizes(texts: int) -> Iterable[int]:
    """Return the corpus sizes to look at: powers of four from 64, and all."""
    size = 64
    while size < texts:
        yield size
        size *= 4
    yield texts


class Corpus:
    """A labelled set with its candidate pairs, from which smaller corpora are drawn."""

    def __init__(self, rows: Sequence[Row], score: Callable[..., Any]) -> None:
        self.rows = rows
        self.score = score
        self.profiles = [profile(row["text"]) for row in rows]
        self.pairs = _candidates(rows, self.profiles)
        self.members: dict[int, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            self.members[row["fam"]].append(place)
        self.neighbours = self._neighbours()

    def scores(
        self, size: int, kind: str, bounds: Sequence[int], chance: random.Random
    ) -> dict[int, float]:
        """Return the mean F1 for each bound over several corpora of about `size` texts."""
        sums: Counter[int] = Counter()
        draws = max(1, min(6, 2048 // size))
        for _ in range(draws):
            drawn = self._draw(size, kind, chance)
            for bound in bounds:
                sums[bound] += self._f1(drawn, bound)  # type: ignore[assignment]  # sums of floats
        return {bound: sums[bound] / draws for bound in bounds}

    def at_thresholds(self, leasts: Sequence[float]) -> dict[float, dict[str, Any]]:
        """Return the whole set's score for each least rare Jaccard of pairs whose ends agree."""
        drawn = list(range(len(self.rows)))
        known = self._rarity(drawn, self.pairs, bound_of(len(drawn)))
        return {
            least: self._score(
                drawn,
                self.pairs,
                replace(
                    known,
                    ends_agree=least,
                    evenly=least * known.evenly / known.ends_agree,
                    ends_differ=max(least, known.ends_differ),
                ),
            )
            for least in leasts
        }

    def _f1(self, drawn: list[int], bound: int) -> float:
        inside = set(drawn)
        pairs = [(i, j) for i, j in self.pairs if i in inside and j in inside]
        return float(self._score(drawn, pairs, self._rarity(drawn, pairs, bound))["F1"])

    def _rarity(self, drawn: Sequence[int], pairs: Sequence[Pair], bound: int) -> Rarity:
        copies = {j for i, j in pairs if is_copy(self.profiles[i], self.profiles[j])}
        canonical = [self.profiles[i].shingles for i in drawn if i not in copies]
        found, counts = np.unique(np.concatenate(canonical), return_counts=True)
        return rarity(len(drawn), found[counts > bound])

    def _score(self, drawn: Sequence[int], pairs: Sequence[Pair], known: Rarity) -> dict[str, Any]:
        best: dict[int, tuple[float, int]] = {}
        for i, j in pairs:
            outcome = compare(self.profiles[i], self.profiles[j], known)
            if outcome.is_duplicate:
                best[j] = max(best.get(j, (0.0, 0)), (outcome.rare_jaccard, -i))
        roots = {i: i for i in drawn}
        for j in drawn:  # in order, so that an earlier text's root is known
            roots[j] = roots[-best[j][1]] if j in best else j
        rows = [self.rows[i] for i in drawn]
        score: dict[str, Any] = self.score(
            rows, {self.rows[i]["id"]: root for i, root in roots.items()}
        )
        return score

    def _draw(self, size: int, kind: str, chance: random.Random) -> list[int]:
        drawn: set[int] = set()
        families = self._by_topic(chance) if kind == "one topic" else self._mixed(chance)
        for family in families:
            drawn.update(self.members[family])
            if len(drawn) >= size:
                break
        return sorted(drawn)

    def _mixed(self, chance: random.Random) -> Iterable[int]:
        return chance.sample(sorted(self.members), len(self.members))

    def _by_topic(self, chance: random.Random) -> Iterable[int]:
        seen: set[int] = set()
        for start in self._mixed(chance):
            waiting = [start]
            while waiting:
                family = waiting.pop(0)
                if family not in seen:
                    seen.add(family)
                    yield family
                    near = self.neighbours[family]
                    waiting += chance.sample(near, min(len(near), _NEIGHBOURS))

    def _neighbours(self) -> dict[int, list[int]]:
        near: dict[int, set[int]] = defaultdict(set)
        for i, j in self.pairs:
            one, other = self.rows[i]["fam"], self.rows[j]["fam"]
            if one != other:
                near[one].add(other)
                near[other].add(one)
        return defaultdict(list, {family: sorted(others) for family, others in near.items()})


def _candidates(rows: Sequence[Row], profiles: Sequence[Profile]) -> list[Pair]:
    """Return the places of pairs that share a band or two fragments, the earlier first.

    Fragments that are common too: what is rare is another matter in each corpus drawn.
    """
    signed = signatures([item.shingles for item in profiles])
    places = np.repeat(np.arange(len(profiles)), BANDS)
    found = _sharing(bands(signed).ravel(), places, 1)
    hashes = Laid.of([hash_shingles(normalize(row["text"])) for row in rows])
    fragments, _, owners = sample(hashes)
    found |= _sharing(fragments, owners, LEAST_FRAGMENTS)
    left, right = (np.array(column, dtype=np.intp) for column in zip(*sorted(found), strict=True))
    kept = estimated_jaccard(signed[left], signed[right]) >= PREFILTER_JACCARD
    return list(zip(left[kept].tolist(), right[kept].tolist(), strict=True))


def _sharing(keys: NDArray[Any], places: NDArray[np.intp], least: int) -> set[Pair]:
    """Return the pairs of places with at least so many keys in common."""
    with duckdb.connect() as connection:
        connection.register("staged", {"key": keys, "place": places})
        found = connection.execute(
            "SELECT a.place, b.place FROM staged a JOIN staged b USING (key)"
            " WHERE a.place < b.place GROUP BY ALL HAVING count(*) >= $least",
            {"least": least},
        ).fetchall()
    return set(found)
