"""Who shares a bucket with whom: the pairs of texts to compare, found by sorting keys in bulk.

A bucket is the texts with one key (a band, or a fragment).  In it a text is compared with the
first `LEADERS` that are earlier: what is judged grows with the texts, however many of them share a
passage, and depends on earlier texts alone.  DuckDB keeps the keys and finds those that new texts
share with stored ones; grouping is done here, as a sort of numbers is ten times as fast as a join.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.laid import Places
from pipeline.dedup.rarity import Rarity, are_common
from warehouse.comparing import Fragmentary, Numbers, Pairs, Work, count_judged
from warehouse.runs import Kind

# Texts at the head of each bucket that the others are compared with.  4, 8 and 16 group the
# development set alike; a crowd of copies costs as many comparisons a text.
LEADERS: Final = 8

_ROWS: Final = 1 << 22  # keys at a time, by ranges of them: some 200 MB while they are sorted
_LAST: Final = (1 << 64) - 1
_GONE: Final = np.uint64(_LAST)

Keys = NDArray[np.uint64]
_Number = TypeVar("_Number", bound=np.generic)
Packed = NDArray[np.uint64]  # a pair: the later text's number in the upper half, the earlier one's


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """The rows of some buckets of two texts and more, in the order of their texts."""

    text: Numbers
    seat: Places  # of each row in its bucket, from 0
    first: Places  # the row where its bucket begins
    is_judged: NDArray[np.bool_]
    come: Places  # how many texts of its bucket are judged
    gone: Places  # how many have left it

    def pushed(self) -> Numbers:
        """Return texts that may have been among the first before others came before them."""
        texts: Numbers = self.text[(self.seat >= LEADERS) & (self.seat < LEADERS + self.come)]
        return once(texts)

    def risen(self) -> Numbers:
        """Return texts that may have another among the first before them, as some left."""
        return np.unique(self.text[(self.gone > 0) & (self.seat > LEADERS - self.gone)])

    def pairs(self) -> Packed:
        """Return the pairs to compare, one as often as it shares a bucket.

        Of texts that are not judged only with those that are, or that came to be among the first
        as others left.
        """
        found = [self.text[:0].astype(np.uint64)]
        for seat in range(LEADERS):
            later = np.flatnonzero(self.seat > seat)
            earlier = self.first[later] + seat
            is_new = self.is_judged[later] | self.is_judged[earlier]
            is_new |= seat >= LEADERS - self.gone[later]
            found.append(_pack(self.text[later[is_new]], self.text[earlier[is_new]]))
        return np.concatenate(found)


def find_pairs(work: Work) -> None:
    """Find the pairs to compare so that all texts in `judged` have their best match.

    Texts whose match lost its place among the first of a bucket are judged anew too.
    """
    pushed, packed = _by_bands(work)
    if _judge_anew(work, "pushed", pushed):
        _, packed = _by_bands(work)
    work.pairs = unpacked(packed)


def add_pairs(work: Work, least: int) -> None:
    """Find the pairs too that share `least` rare fragments, once it is known what is rare.

    Of two texts that are a third alike some band agrees in 7 of 10 pairs; of a copy with a third
    of its words replaced, two rare fragments of fifty stand in 99 of 100.
    """
    pushed, risen, packed = _by_fragments(work, least)
    if _judge_anew(work, "pushed", pushed) or _judge_anew(work, "risen", risen):
        _, of_bands = _by_bands(work)
        _, _, packed = _by_fragments(work, least)
    else:
        of_bands = _pack(work.pairs[1], work.pairs[0])
    work.by_fragments = Fragmentary(count_judged(work), unpacked(packed))
    work.pairs = unpacked(once(np.concatenate((of_bands, packed))))


def pairs_by_fragments(work: Work, least: int) -> Pairs:
    """Return the pairs that share `least` rare fragments, found again where more are judged now."""
    found = work.by_fragments
    if not found or found.judged != count_judged(work):
        return unpacked(_by_fragments(work, least)[2])
    return found.pairs


def _by_bands(work: Work) -> tuple[Numbers, Packed]:
    pushed, packed = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.uint64)]
    for seats in find_seats(work, Kind.BANDS):
        pushed.append(seats.pushed())
        packed.append(once(seats.pairs()))
    return once(np.concatenate(pushed)), once(np.concatenate(packed))


def _by_fragments(work: Work, least: int) -> tuple[Numbers, Numbers, Packed]:
    pushed, risen = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int32)]
    packed = [np.empty(0, dtype=np.uint64)]
    for seats in find_seats(work, Kind.FRAGMENTS, work.known):
        pushed.append(seats.pushed())
        risen.append(seats.risen())
        packed.append(seats.pairs())
    often = shared_often(np.concatenate(packed), least)
    return once(np.concatenate(pushed)), once(np.concatenate(risen)), often


def _judge_anew(work: Work, why: str, texts: Numbers) -> bool:
    """Have texts judged anew that may have to; tell whether any was not to be judged before."""
    if not len(texts):
        return False
    work.insert(f"CREATE OR REPLACE TEMP TABLE {why} AS FROM staged", {"text_no": texts})
    return bool(work.run(why))


def find_seats(work: Work, kind: Kind, known: Rarity | None = None) -> Iterator[Seats]:
    """Yield the seats in all buckets of judged texts, but those of fragments that are common."""
    work.run(f"keyed_{kind}")
    [(rows, is_all)] = work.run("count_keys")
    if is_all:
        [(rows,)] = work.run("count_keyed")
    ranges = 1 + int(rows) // _ROWS
    for number in range(ranges):
        between = {
            "low": number * (_LAST + 1) // ranges,
            "high": (number + 1) * (_LAST + 1) // ranges - 1,
        }
        yield from _seats(work, between, known, None if is_all else kind)


def shared_often(packed: Packed, least: int) -> Packed:
    """Return the pairs that share so many buckets, each once."""
    ordered = np.sort(packed)
    # What stands there again so many places further on is there often enough.
    return once(ordered[least - 1 :][ordered[least - 1 :] == ordered[: len(ordered) - least + 1]])


def unpacked(pairs: Packed) -> Pairs:
    """Return the earlier and the later texts of pairs."""
    return pairs.astype(np.uint32).astype(np.int32), (pairs >> np.uint64(32)).astype(np.int32)


def _seats(
    work: Work, between: dict[str, int], known: Rarity | None, sought: Kind | None
) -> Iterator[Seats]:
    """Yield the seats of a range of keys: of all, or of those `sought` that judged texts have."""
    keys, texts = _rows(work, "keys_of_judged" if sought else "keys_of_all", between, known)
    left, _ = _rows(work, "keys_that_left", between, known)
    if sought:
        keys, texts = _find(work, sought, once(np.concatenate((keys, left))))
    order = np.argsort(keys)
    keys, texts = keys[order], texts[order]
    is_like = keys[1:] == keys[:-1]
    is_shared = np.append(is_like, False) | np.append(False, is_like) if len(keys) else keys == 0
    if is_shared.any():
        yield _seated(work, keys[is_shared], texts[is_shared], np.sort(left))


def _find(work: Work, kind: Kind, sought: Keys) -> tuple[Keys, Numbers]:
    """Return all rows with one of these keys, from the sorted run and from what came since."""
    sql = "CREATE OR REPLACE TEMP TABLE sought AS SELECT key FROM staged"
    work.insert(sql, {"key": sought})
    keys, texts = work.run_of_keys.find(kind, sought)
    later = _rows(work, "keys_sought", {"upto": work.run_of_keys.upto}, None)
    return np.concatenate((keys, later[0])), np.concatenate((texts, later[1]))


def _rows(
    work: Work, file: str, between: dict[str, int], known: Rarity | None
) -> tuple[Keys, Numbers]:
    found = work.fetch(file, **between)
    keys, texts = found["key"].astype(np.uint64), found["text_no"].astype(np.int32)
    if known is not None:
        is_rare = ~are_common(found["shingle"].astype(np.uint32), known)
        keys, texts = keys[is_rare], texts[is_rare]
    return keys, texts


def _seated(work: Work, keys: Keys, texts: Numbers, left: Keys) -> Seats:
    """Put the rows of each bucket, which stand together, in the order of their texts."""
    seated = once(texts)
    work.insert("CREATE OR REPLACE TEMP TABLE part AS FROM staged", {"text_no": seated})
    placed = work.fetch("places")
    numbers, judged = placed["text_no"], placed["is_judged"].astype(np.bool_)
    place = np.full(int(texts.max()) + 1, _GONE, dtype=np.uint64)
    place[numbers] = np.arange(len(numbers), dtype=np.uint64)
    if len(numbers) < len(seated):  # the sorted run still has texts that are gone
        is_there = place[texts] != _GONE
        keys, texts = keys[is_there], texts[is_there]
    begins = np.ones(len(keys), dtype=np.bool_)
    begins[1:] = keys[1:] != keys[:-1]
    bucket = np.cumsum(begins) - 1
    rows = np.sort(bucket.astype(np.uint64) << np.uint64(32) | place[texts])
    row = rows.astype(np.uint32).astype(np.intp)
    starts = np.flatnonzero(begins)
    gone = np.searchsorted(left, keys[starts], side="right") - np.searchsorted(left, keys[starts])
    come = np.add.reduceat(judged[row].astype(np.intp), starts)
    first = starts[bucket]
    return Seats(
        text=numbers[row].astype(np.int32),
        seat=np.arange(len(rows)) - first,
        first=first,
        is_judged=judged[row],
        come=come[bucket],
        gone=gone[bucket],
    )


def once(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return numbers sorted, each once; numpy's unique hashes them, which takes thrice as long."""
    ordered = np.sort(values)
    is_first = np.ones(len(ordered), dtype=np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def _pack(later: Numbers, earlier: Numbers) -> Packed:
    packed: Packed = later.astype(np.uint64) << np.uint64(32) | earlier.astype(np.uint64)
    return packed
