"""New articles and texts into the store: members, signatures, bands and fragments, in bulk."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.dedup.confirm import profiles_of
from pipeline.dedup.kernel import Engine, engine_for
from pipeline.dedup.laid import Laid, slabs
from pipeline.dedup.normalize import normalize_all
from pipeline.dedup.passages import sample
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

Fragments = tuple[Shingles, Shingles, Numbers]  # hash, the 3-gram in its middle, the text


def digests(texts: Sequence[str]) -> Iterator[str]:
    """Yield 32 hex digits of each normalised text; none where nothing is left of it."""
    for laid in _laid(texts):
        raw = memoryview(laid.values.astype("<u4", copy=False).tobytes())
        for start, end in zip((4 * laid.starts).tolist(), (4 * laid.ends).tolist(), strict=True):
            yield sha256(raw[start:end]).hexdigest()[:32] if start < end else ""


def sign_new(work: Work) -> int:
    """Sign the texts that are not stored yet; return how many."""
    unsigned = work.run("unsigned")
    first = int(work.run("next_text", upto=work.run_of_keys.upto)[0][0])
    engine = engine_for(len(unsigned))
    for start in range(0, len(unsigned), PART):
        heads = unsigned[start : start + PART]
        numbers = np.arange(first + start, first + start + len(heads), dtype=np.int32)
        texts = work.text_of([head_id for head_id, _, _ in heads])
        _sign_part(work, numbers, heads, [texts[head_id] for head_id, _, _ in heads], engine)
    return len(unsigned)


def _laid(texts: Sequence[str]) -> Iterator[Laid]:
    for slab in slabs([len(text) for text in texts]):
        yield normalize_all(texts[slab])


def _sign_part(
    work: Work,
    numbers: Numbers,
    heads: Sequence[tuple[str, str, str]],
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
    work: Work, numbers: Numbers, heads: Sequence[tuple[str, str, str]], signed: Signatures
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
