"""New articles and texts into the store: members, signatures, bands and fragments, in bulk."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.confirm import profiles_of
from pipeline.dedup.kernel import Engine, engine_for
from pipeline.dedup.laid import Laid, slabs
from pipeline.dedup.normalize import normalize_all
from pipeline.dedup.passages import sample
from pipeline.dedup.prepare import digests_of
from pipeline.dedup.signature import (
    BANDS,
    Shingles,
    Signatures,
    bands,
    distinct_all,
    hash_all,
    sign,
)
from warehouse.comparing import PART, Numbers, Work, keep_profiles, strings
from warehouse.store import read_sql

Head = tuple[str, str, str]  # of a text: its first article, what orders that, the text's digest
Fragments = tuple[Shingles, Shingles, Numbers]  # hash, the 3-gram in its middle, the text


def digests(texts: Sequence[str]) -> Iterator[str]:
    """Yield 32 hex digits of each normalised text; none where nothing is left of it."""
    for laid in _laid(texts):
        yield from digests_of(laid)


def sign_new(work: Work) -> int:
    """Sign the texts that are not stored yet; return how many."""
    unsigned = work.run("unsigned")
    first = int(work.run("next_text", upto=work.run_of_keys.upto)[0][0])
    numbered = list(zip(range(first, first + len(unsigned)), unsigned, strict=True))
    made = [one for one in numbered if one[1][2] in work.prepared]
    rest = [one for one in numbered if one[1][2] not in work.prepared] if made else numbered
    engine = engine_for(len(rest))
    for start in range(0, len(made), PART):
        _store_prepared(work, *_apart(made[start : start + PART]))
    for start in range(0, len(rest), PART):
        numbers, heads = _apart(rest[start : start + PART])
        texts = work.text_of([head_id for head_id, _, _ in heads])
        _sign_part(work, numbers, heads, [texts[head_id] for head_id, _, _ in heads], engine)
    return len(unsigned)


def _apart(numbered: Sequence[tuple[int, Head]]) -> tuple[Numbers, Sequence[Head]]:
    return np.array([number for number, _ in numbered], dtype=np.int32), [
        head for _, head in numbered
    ]


def _store_prepared(work: Work, numbers: Numbers, heads: Sequence[Head]) -> None:
    """Keep what was made of these texts elsewhere."""
    made = [work.prepared[digest] for _, _, digest in heads]
    _store_signatures(work, numbers, heads, np.stack([one.signature for one in made]))
    counts = [len(one.fragments) for one in made]
    fragments = np.concatenate([one.fragments for one in made])
    middles = np.concatenate([one.middles for one in made])
    _store_fragments(work, [(fragments, middles, np.repeat(numbers, counts))])


def _laid(texts: Sequence[str]) -> Iterator[Laid]:
    for slab in slabs([len(text) for text in texts]):
        yield normalize_all(texts[slab])


def _sign_part(
    work: Work,
    numbers: Numbers,
    heads: Sequence[Head],
    texts: Sequence[str],
    engine: Engine,
) -> None:
    signed: list[Signatures] = []
    sampled: list[Fragments] = []
    first = 0
    for laid in _laid(texts):
        hashes = hash_all(laid)
        signed.append(sign(hashes, engine))
        some = numbers[first : first + len(laid)]
        fragments, middles, owners = sample(hashes)
        sampled.append((fragments, middles, some[owners]))
        made = profiles_of(hashes, distinct_all(hashes))
        keep_profiles(work, dict(zip(some.tolist(), made, strict=True)))
        first += len(laid)
    _store_signatures(work, numbers, heads, np.concatenate(signed))
    _store_fragments(work, sampled)


def _store_signatures(
    work: Work, numbers: Numbers, heads: Sequence[Head], signed: Signatures
) -> None:
    columns: dict[str, NDArray[Any]] = {
        "text_no": numbers,
        "head_id": strings([head_id for head_id, _, _ in heads]),
        "head_order": strings([order for _, order, _ in heads]),
        "text_digest": strings([digest for _, _, digest in heads]),
    }
    for place, words in enumerate(np.ascontiguousarray(signed.view("<u8").T)):
        columns[f"s{place}"] = words
    work.insert(read_sql("dedup/add_signatures.sql"), columns)
    keys: dict[str, NDArray[Any]] = {
        "band": bands(signed).ravel(),
        "text_no": np.repeat(numbers, BANDS),
    }
    work.insert("INSERT INTO core.band SELECT band, text_no FROM staged", keys)
    work.insert("INSERT INTO judged SELECT text_no FROM staged", {"text_no": numbers})


def _store_fragments(work: Work, sampled: Sequence[Fragments]) -> None:
    fragments, middles, numbers = (np.concatenate(column) for column in zip(*sampled, strict=True))
    columns = {"fragment": fragments, "shingle": middles, "text_no": numbers}
    work.insert(read_sql("dedup/add_fragments.sql"), columns)
