"""One call's working state: the connection, text numbers turned into profiles, pairs by parts.

The working side of `warehouse.clusters`: memory holds some thousands of texts however many are
stored.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from pipeline.dedup.confirm import Profile, profiles_of
from pipeline.dedup.laid import slabs
from pipeline.dedup.normalize import normalize_all
from pipeline.dedup.prepare import Prepared
from pipeline.dedup.rarity import Rarity, rarity
from pipeline.dedup.signature import (
    PERMUTATIONS,
    Shingles,
    Signatures,
    distinct_all,
    estimated_jaccard,
    hash_all,
)
from warehouse.runs import NO_RUN, Run
from warehouse.staging import Column, staged
from warehouse.store import read_sql

PART: Final = 2048  # texts at a time: their profiles and those of their candidates, some 50 MB
_SIFTED: Final = 131_072  # pairs at a time whose signatures are fetched
_COMPARED: Final = 2048  # ... and compared: 2 MB of them stay in the cache
_PAIRS: Final = 32_768  # pairs at a time whose texts are compared
_KEPT_PROFILES: Final = 32_768  # kept from part to part: 200 MB where texts have 1,500 characters

TextOf = Callable[[Sequence[str]], Mapping[str, str]]
Numbers = NDArray[np.int32]
Pairs = tuple[Numbers, Numbers]  # the earlier texts' numbers, the later ones'

_PART_SQL: Final = "CREATE OR REPLACE TEMP TABLE part AS FROM staged"
_NO_PAIRS: Final = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))


@dataclass(frozen=True, slots=True)
class Fragmentary:
    """The pairs of texts that share enough rare fragments, for so many judged texts."""

    judged: int
    pairs: Pairs


@dataclass(slots=True)
class Work:
    """One call's connection, its way to the texts, and what it has found so far."""

    connection: DuckDBPyConnection
    text_of: TextOf
    profiles: dict[int, Profile] = field(default_factory=dict)  # by text number
    known: Rarity = field(default_factory=lambda: rarity(0, np.empty(0, dtype=np.uint32)))
    pairs: Pairs = _NO_PAIRS  # texts that share a band, found to be compared
    by_fragments: Fragmentary | None = None
    compared: int = 0  # pairs of texts
    run_of_keys: Run = NO_RUN  # the keys of most stored texts
    prepared: Mapping[str, Prepared] = field(default_factory=dict)  # of new texts, by digest

    def rows(self, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self.connection.execute(sql, parameters or None).fetchall()

    def run(self, file: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Run a file of `sql/dedup/` and return the rows of its last statement."""
        return self.rows(read_sql(f"dedup/{file}.sql"), **parameters)

    def fetch(self, file: str, **parameters: object) -> dict[str, NDArray[Any]]:
        """Run a file of `sql/dedup/` and return the columns of its last statement."""
        sql = read_sql(f"dedup/{file}.sql")
        found = self.connection.execute(sql, parameters or None).fetchnumpy()
        return {name: np.asarray(column) for name, column in found.items()}

    def insert(self, sql: str, columns: Mapping[str, Column]) -> list[tuple[Any, ...]]:
        """Run statements that read the table `staged`, made of `columns`; the last one's rows."""
        with staged(self.connection, columns):
            return self.connection.execute(sql).fetchall()


def count_judged(work: Work) -> int:
    """Return how many texts are judged."""
    return int(work.rows("SELECT count(DISTINCT text_no) FROM judged")[0][0])


def candidates(work: Work, least: float) -> Iterator[Pairs]:
    """Yield the pairs that share a band and whose estimated Jaccard is at least `least`.

    The profiles of the texts are at hand until the next are asked for.
    """
    earlier, later = work.pairs
    for first in range(0, len(earlier), _SIFTED):
        some = slice(first, first + _SIFTED)
        parents, children = _prefilter(work, earlier[some], later[some], least)
        for start in range(0, len(parents), _PAIRS):
            pairs = parents[start : start + _PAIRS], children[start : start + _PAIRS]
            _need_profiles(work, np.unique(np.concatenate(pairs)))
            yield pairs


def stored_rarity(work: Work) -> Rarity:
    """Return what is common in the present epoch."""
    _, size, _ = work.run("epoch")[0]
    return rarity(int(size), work.fetch("common")["shingle"].astype(np.uint32))


def shingles_of(work: Work, numbers: Sequence[int]) -> Iterator[Shingles]:
    """Yield the shingles of the texts `numbers`."""
    for start in range(0, len(numbers), PART):
        part = numbers[start : start + PART]
        _need_profiles(work, np.array(part, dtype=np.int32))
        yield from (work.profiles[number].shingles for number in part)


def keep_profiles(work: Work, made: Mapping[int, Profile]) -> None:
    """Keep profiles for the next parts; where there are too many, only these."""
    if len(work.profiles) + len(made) > _KEPT_PROFILES:
        work.profiles.clear()
    work.profiles.update(made)


def _need_profiles(work: Work, numbers: Numbers) -> None:
    needed = [number for number in numbers.tolist() if number not in work.profiles]
    at_hand = {n: work.profiles[n] for n in numbers.tolist() if n in work.profiles}
    keep_profiles(work, _make_profiles(work, needed))
    work.profiles.update(at_hand)


def _make_profiles(work: Work, numbers: Sequence[int]) -> dict[int, Profile]:
    if not numbers:
        return {}
    work.insert(_PART_SQL, {"text_no": np.array(numbers, dtype=np.int32)})
    heads = work.run("part_heads")
    by_head = work.text_of([head for _, head in heads])
    texts = [by_head[head] for _, head in heads]
    made: dict[int, Profile] = {}
    for slab in slabs([len(text) for text in texts]):
        hashes = hash_all(normalize_all(texts[slab]))
        profiles = profiles_of(hashes, distinct_all(hashes))
        made |= zip((number for number, _ in heads[slab]), profiles, strict=True)
    return made


def _prefilter(work: Work, parents: Numbers, children: Numbers, least: float) -> Pairs:
    """Keep the pairs whose signatures are alike enough."""
    numbers = np.unique(np.concatenate((parents, children)))
    signed = _signatures(work, numbers)
    left, right = np.searchsorted(numbers, parents), np.searchsorted(numbers, children)
    kept = np.empty(len(left), dtype=np.bool_)
    for first in range(0, len(left), _COMPARED):
        some = slice(first, first + _COMPARED)
        kept[some] = estimated_jaccard(signed[left[some]], signed[right[some]]) >= least
    return parents[kept], children[kept]


def _signatures(work: Work, numbers: Numbers) -> Signatures:
    """Return the stored signatures of texts, whose numbers are sorted."""
    work.insert(_PART_SQL, {"text_no": numbers})
    words = work.fetch("part_signatures")["word"].astype("<u8", copy=False)
    return words.view(np.uint32).reshape(len(numbers), PERMUTATIONS)
