"""Which stored texts to compare, and what that needs: bands joined in SQL, profiles at hand.

The working side of `warehouse.clusters`: it turns text numbers into pairs of profiles, part by
part, so that memory holds some thousands of texts however many are stored.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from pipeline.dedup.confirm import Profile, Rarity, profile, rarity
from pipeline.dedup.signature import PERMUTATIONS, Shingles, estimated_jaccard
from warehouse.store import read_sql

# Texts at the head of each bucket that the others are compared with.  4, 8 and 16 group the
# development set alike; a crowd of copies costs as many comparisons a text.
LEADERS: Final = 8

PART: Final = 2048  # texts at a time: their profiles and those of their candidates, some 50 MB
_PAIRS: Final = 32_768  # pairs at a time
_KEPT_PROFILES: Final = 16_384  # kept from part to part, some 50 MB

TextOf = Callable[[Sequence[str]], Mapping[str, str]]
Numbers = NDArray[np.int32]
Pairs = tuple[Numbers, Numbers]  # the earlier texts' numbers, the later ones'

_PART_SQL: Final = "CREATE OR REPLACE TEMP TABLE part AS FROM staged"


@dataclass(slots=True)
class Work:
    """One call's connection, its way to the texts, and the profiles it has made."""

    connection: DuckDBPyConnection
    text_of: TextOf
    profiles: dict[int, Profile] = field(default_factory=dict)  # by text number
    pairs: int = 0  # of texts that share a band, found to be compared
    compared: int = 0  # pairs of texts

    def rows(self, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self.connection.execute(sql, parameters or None).fetchall()

    def run(self, file: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Run a file of `sql/dedup/` and return the rows of its last statement."""
        return self.rows(read_sql(f"dedup/{file}.sql"), **parameters)

    def insert(self, sql: str, columns: Mapping[str, NDArray[Any]]) -> None:
        """Run a statement that reads the table `staged`, made of `columns`."""
        self.connection.register("staged", dict(columns))
        self.connection.execute(sql)
        self.connection.unregister("staged")


def strings(values: Iterable[str | None]) -> NDArray[np.str_]:
    """Return a column of strings; `None` becomes the empty one.

    Of fixed width, which duckdb reads 8 times as fast as objects and 100 times as fast as a list
    given as a parameter (measured with 1.5.5 and no pandas about: 2, 14 and 200 microseconds a
    value).
    """
    return np.array([value or "" for value in values], dtype=np.str_)


def find_pairs(work: Work) -> None:
    """Find the pairs to compare so that all texts in `judged` have their best match.

    A text is compared with the first `LEADERS` texts of each bucket (the texts with one band) that
    are earlier than it: what is judged grows with the texts, however many of them share a passage,
    and depends on earlier texts alone.  Texts whose match lost its place are judged anew too.
    """
    work.run("bucket_bands")
    work.run("seats")
    if work.run("pushed", leaders=LEADERS):
        work.run("bucket_bands")
        work.run("seats")
    work.run("pairs", leaders=LEADERS)
    work.pairs = int(work.rows("SELECT count(*) FROM pair")[0][0])


def candidates(work: Work, least: float) -> Iterator[Pairs]:
    """Yield the pairs that `find_pairs` found and whose estimated Jaccard is at least `least`."""
    for first in range(0, work.pairs, _PAIRS):
        sql = read_sql("dedup/candidates.sql")
        some = {"first": first, "last": first + _PAIRS}
        found = work.connection.execute(sql, some).fetchnumpy()
        pairs = _prefilter(
            work, np.asarray(found["parent_no"]), np.asarray(found["child_no"]), least
        )
        _need_profiles(work, np.unique(np.concatenate(pairs)))
        yield pairs


def stored_rarity(work: Work) -> Rarity:
    """Return what is common in the present epoch."""
    _, size, _ = work.run("epoch")[0]
    common = work.connection.execute("FROM core.common_shingle").fetchnumpy()["shingle"]
    return rarity(int(size), np.asarray(common, dtype=np.uint32))


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
    texts = work.text_of([head for _, head in heads])
    return {number: profile(texts[head]) for number, head in heads}


def _prefilter(work: Work, parents: Numbers, children: Numbers, least: float) -> Pairs:
    """Keep the pairs whose signatures are alike enough."""
    numbers = np.unique(np.concatenate((parents, children)))
    if not len(numbers):
        return parents, children
    work.insert(_PART_SQL, {"text_no": numbers})
    stored = b"".join(row[0] for row in work.run("part_signatures"))
    signed = np.frombuffer(stored, dtype="<u4").reshape(-1, PERMUTATIONS)
    left, right = np.searchsorted(numbers, parents), np.searchsorted(numbers, children)
    kept = estimated_jaccard(signed[left], signed[right]) >= least
    return parents[kept], children[kept]
