"""Beyond one machine: how dedup grows from 10 thousand to 100 million texts, and where it bends.

python -m tests.bench.scale            # the curves, from the development set's statistics
python -m tests.bench.scale join 1000000   # the join of so many texts' bands over Parquet parts

The curves: of texts that are no copies of each other, how common each shingle is and how many pairs
share a band is counted at growing samples; both follow one law each, which is then carried on.
Document frequencies are simulated: a shingle of share p stands in Poisson(N p) of N texts.
The join: parts of texts with 42 band keys each, a fifth of them reposts, laid out by the key's
leading bits first (the shuffle), then joined bucket by bucket; by the clock and by the disk.
"""

import gzip
import json
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.laid import slabs
from pipeline.dedup.normalize import normalize_all
from pipeline.dedup.rarity import bound_of
from pipeline.dedup.signature import bands, distinct_all, hash_all, sign
from tests.shared.places import shared

SAMPLES: Final = (500, 1_000, 2_000, 4_000)
SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
RANKS: Final = (1_000, 100_000)  # between these the shingles' frequencies are one straight line
TAIL: Final = 1 << 26  # ranks that are followed
BUCKETS: Final = 1 << 27  # of the table of common shingles, at most
IN_A_PART: Final = 100_000
LEADING_BITS: Final = 4  # of a key: 16 buckets
MEMORY: Final = "4GB"

Shingles = NDArray[np.uint32]


def main(what: str = "curves", size: int = 1_000_000) -> None:
    """Print the curves, or the join of `size` texts."""
    if what == "join":
        join(size)
    else:
        curves()


def curves() -> None:
    texts = unrelated()
    shingles, keys = signed(texts)
    mean = float(np.mean([len(one) for one in shingles]))
    print(f"{len(texts)} texts that are no copies, {mean:.0f} shingles each\n")
    print(f"{'texts':>12} {'pairs that share a band':>24} {'a text':>8} {'of all pairs':>13}")
    shares = []
    sampled = [size for size in SAMPLES if size < len(texts)] + [len(texts)]
    for size in sampled:
        pairs = pairs_of(keys[:size])
        shares.append(pairs / (size * (size - 1) / 2))
        print(f"{size:12,} {pairs:24,} {pairs / size:8.2f} {shares[-1]:13.5%}")
    law = law_of(shingles)
    print(
        f"\nthe shingle of rank r stands in {law.factor:.1f} r^-{law.slope:.2f} of the texts,"
        f" from rank {law.turn:,.0f} on falling with r^-{law.tail:.2f}"
    )
    for size in sampled:
        own = len(np.unique(np.concatenate(shingles[:size])))
        print(
            f"{size:12,} texts: {own:,} distinct shingles, by the law {distinct_by(law, size):,.0f}"
        )
    print()
    print(
        f"{'texts':>12} {'bound':>6} {'common shingles':>16} {'of the table':>13}"
        f" {'a text keeps':>13} {'candidates a text':>18}"
    )
    for size in SIZES:
        common, kept = simulated(size, law, mean)
        print(
            f"{size:12,} {bound_of(size):6} {common:16,} {min(1, common / BUCKETS):13.1%}"
            f" {kept:13.1%} {shares[-1] * size / 2:18,.0f}"
        )


def unrelated() -> list[str]:
    """Return one text of each family of the development set, in random order."""
    with gzip.open(shared("dedup") / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        families: dict[int, str] = {}
        for row in map(json.loads, lines):
            if row["edit"] == "base" or row["fam"] not in families:
                families[row["fam"]] = row["text"]
    texts = list(families.values())
    random.Random(20261122).shuffle(texts)  # noqa: S311 - repeatable, not secret
    return texts


def signed(texts: list[str]) -> tuple[list[Shingles], NDArray[np.uint64]]:
    """Return the distinct shingles and the band keys of each text."""
    shingles: list[Shingles] = []
    keys = []
    for slab in slabs([len(text) for text in texts]):
        hashes = hash_all(normalize_all(texts[slab]))
        shingles += distinct_all(hashes)
        keys.append(bands(sign(hashes)))
    return shingles, np.concatenate(keys)


def pairs_of(keys: NDArray[np.uint64]) -> int:
    """Return how many pairs of texts share a band."""
    found: set[tuple[int, int]] = set()
    for column in keys.T:
        order = np.argsort(column, kind="stable")
        edges = np.flatnonzero(np.diff(column[order])) + 1
        for group in np.split(order, edges):
            members = sorted(group.tolist())
            found.update((a, b) for at, a in enumerate(members) for b in members[at + 1 :])
    return len(found)


@dataclass(frozen=True, slots=True)
class Law:
    """In which share of all texts the shingle of each rank stands.

    Two straight lines in logarithms: the measured one between `RANKS`, and from `turn` on a steeper
    one by Heaps' law (distinct shingles grow with texts^h: shares fall with rank^-1/h), the turn
    being where both together give a text as many shingles as it has.
    """

    head: NDArray[np.float64]  # as measured, of the commonest
    factor: float
    slope: float
    turn: float  # rank
    tail: float  # slope

    def shares(self, first: int, last: int) -> NDArray[np.float64]:
        """Return the shares of the ranks `first` to `last`, from 1."""
        ranks = np.arange(first, last + 1, dtype=np.float64)
        steep = np.minimum(1.0, self.turn / ranks) ** (self.tail - self.slope)
        found: NDArray[np.float64] = self.factor * ranks**-self.slope * steep
        if first <= len(self.head):
            found[: len(self.head) - first + 1] = self.head[first - 1 :]
        return found

    def total(self) -> float:
        """Return how many shingles a text has by it, what lies beyond `TAIL` included."""
        near = sum(float(self.shares(*span).sum()) for span in spans())
        last = float(self.shares(TAIL, TAIL)[0])
        return near + last * TAIL / (self.tail - 1)


def law_of(shingles: list[Shingles]) -> Law:
    """Return the law that these texts follow."""
    distinct, counts = np.unique(np.concatenate(shingles), return_counts=True)
    half = len(np.unique(np.concatenate(shingles[: len(shingles) // 2])))
    heaps = float(np.log2(len(distinct) / half))
    shares = np.sort(counts)[::-1] / len(shingles)
    first, last = (shares[rank - 1] for rank in RANKS)
    slope = float(np.log(first / last) / np.log(RANKS[1] / RANKS[0]))
    factor, mean = float(first * RANKS[0] ** slope), counts.sum() / len(shingles)
    low, high = np.log(RANKS[0]), np.log(TAIL)
    for _ in range(20):
        turn = float(np.exp((low + high) / 2))
        law = Law(shares[: RANKS[0]], factor, slope, turn, 1 / heaps)
        low, high = (np.log(turn), high) if law.total() < mean else (low, np.log(turn))
    return law


def spans() -> Iterator[tuple[int, int]]:
    for first in range(1, TAIL, 1 << 22):
        yield first, first + (1 << 22) - 1


def simulated(size: int, law: Law, mean: float) -> tuple[int, float]:
    """Return the common shingles among `size` texts, and the share of a text's that are not."""
    dice = np.random.default_rng(size)
    common, weight = 0, 0.0
    for span in spans():
        shares = law.shares(*span)
        is_common = dice.poisson(size * shares) > bound_of(size)
        common += int(is_common.sum())
        weight += float(shares[is_common].sum())
        if not is_common.any():
            break
    return common, max(0.0, 1 - weight / mean)


def distinct_by(law: Law, size: int) -> float:
    """Return how many distinct shingles `size` texts have by the law: to hold it to account."""
    seen = sum(float(-np.expm1(-size * law.shares(*span)).sum()) for span in spans())
    return seen + size * float(law.shares(TAIL, TAIL)[0]) * TAIL / (law.tail - 1)


def join(size: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fatiao-join-"))
    try:
        _join(folder, size)
    finally:
        shutil.rmtree(folder)


def _join(folder: Path, size: int) -> None:
    parts, shuffled = folder / "parts", folder / "shuffled"
    parts.mkdir()
    db = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill")})
    for first in range(0, size, IN_A_PART):
        db.execute(
            f"""COPY (
                SELECT n AS fetch_id, [
                    hash(if(n % 5 = 0 AND hash(n, i, 'kept') % 10 < 6, n - 1, n), i)
                    FOR i IN range(42)
                ] AS bands
                FROM range({first}, {min(first + IN_A_PART, size)}) AS t(n)
            ) TO '{parts}/{first:012}.parquet' (FORMAT parquet)"""  # noqa: S608 - numbers of our own
        )
    print(f"{size:,} texts; parts: {megabytes(parts):,.0f} MB; memory limit {MEMORY}")
    seconds = timed(db, shuffle_sql(parts, shuffled))
    print(f"shuffle by key: {seconds:.1f} s, {megabytes(shuffled):,.0f} MB")
    db.execute("CREATE TABLE pair (one BIGINT, other BIGINT)")
    seconds = sum(timed(db, pairs_sql(bucket)) for bucket in sorted(shuffled.glob("bucket=*")))
    count = db.sql("SELECT count(*) FROM (SELECT DISTINCT one, other FROM pair)").fetchall()[0][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"join: {seconds:.1f} s, {count:,} pairs, peak memory {peak:,.0f} MB")


def shuffle_sql(parts: Path, shuffled: Path) -> str:
    return (
        "COPY (SELECT fetch_id, key, key >> (64 - "  # noqa: S608 - paths of our own
        f"{LEADING_BITS}) AS bucket FROM (SELECT fetch_id, unnest(bands) AS key FROM"
        f" '{parts}/*.parquet')) TO '{shuffled}' (FORMAT parquet, PARTITION_BY (bucket))"
    )


def pairs_sql(bucket: Path) -> str:
    keys = f"'{bucket}/*.parquet'"
    return (
        f"INSERT INTO pair SELECT a.fetch_id, b.fetch_id FROM {keys} AS a"  # noqa: S608 - likewise
        f" JOIN {keys} AS b USING (key) WHERE a.fetch_id < b.fetch_id"
    )


def timed(db: Any, sql: str) -> float:
    started = time.monotonic()
    db.execute(sql)
    return time.monotonic() - started


def megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 1e6


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "curves", *map(int, sys.argv[2:3]))
