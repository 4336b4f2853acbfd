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
from warehouse.comparing import PART, Numbers, Work, keep_profiles
from warehouse.store import read_sql

Head = tuple[int, str, str]  # a new text's number, its first article, its digest
Fragments = tuple[Shingles, Shingles, Numbers]  # hash, the 3-gram in its middle, the text


def digests(texts: Sequence[str]) -> Iterator[str]:
    """Yield 32 hex digits of each normalised text; none where nothing is left of it."""
    for laid in _laid(texts):
        yield from digests_of(laid)


def sign_new(work: Work) -> int:
    """Sign the texts that are not stored yet; return how many."""
    work.run("unsigned", upto=work.run_of_keys.upto)
    unsigned: list[Head] = work.run("heads_unsigned")
    made = [one for one in unsigned if one[2] in work.prepared]
    rest = [one for one in unsigned if one[2] not in work.prepared] if made else unsigned
    engine = engine_for(len(rest))
    for start in range(0, len(made), PART):
        _store_prepared(work, made[start : start + PART])
    for start in range(0, len(rest), PART):
        heads = rest[start : start + PART]
        texts = work.text_of([head_id for _, head_id, _ in heads])
        _sign_part(work, _numbers(heads), [texts[head_id] for _, head_id, _ in heads], engine)
    return len(unsigned)


def _numbers(heads: Sequence[Head]) -> Numbers:
    return np.array([number for number, _, _ in heads], dtype=np.int32)


def _store_prepared(work: Work, heads: Sequence[Head]) -> None:
    """Keep what was made of these texts elsewhere."""
    numbers, made = _numbers(heads), [work.prepared[digest] for _, _, digest in heads]
    _store_signatures(work, numbers, np.stack([one.signature for one in made]))
    counts = [len(one.fragments) for one in made]
    fragments = np.concatenate([one.fragments for one in made])
    middles = np.concatenate([one.middles for one in made])
    _store_fragments(work, [(fragments, middles, np.repeat(numbers, counts))])


def _laid(texts: Sequence[str]) -> Iterator[Laid]:
    for slab in slabs([len(text) for text in texts]):
        yield normalize_all(texts[slab])


def _sign_part(work: Work, numbers: Numbers, texts: Sequence[str], engine: Engine) -> None:
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
    _store_signatures(work, numbers, np.concatenate(signed))
    _store_fragments(work, sampled)


def _store_signatures(work: Work, numbers: Numbers, signed: Signatures) -> None:
    columns: dict[str, NDArray[Any]] = {"text_no": numbers}
    for place, words in enumerate(np.ascontiguousarray(signed.view("<u8").T)):
        columns[f"s{place}"] = words
    work.insert(read_sql("dedup/add_signatures.sql"), columns)
    keys: dict[str, NDArray[Any]] = {
        "band": bands(signed).ravel(),
        "text_no": np.repeat(numbers, BANDS),
    }
    work.insert("INSERT INTO core.band SELECT band, text_no FROM staged", keys)


def _store_fragments(work: Work, sampled: Sequence[Fragments]) -> None:
    fragments, middles, numbers = (np.concatenate(column) for column in zip(*sampled, strict=True))
    columns = {"fragment": fragments, "shingle": middles, "text_no": numbers}
    work.insert(read_sql("dedup/add_fragments.sql"), columns)
