"""All that is kept of one text to find its reposts by, which depends on the text alone.

Whoever works on a page may make it, ahead of the store and on another machine: the store keeps it
as if it had made it itself.  DEDUP_VERSION names what makes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.dedup.kernel import engine_for
from pipeline.dedup.laid import Laid, slabs
from pipeline.dedup.normalize import normalize_all
from pipeline.dedup.passages import sample
from pipeline.dedup.signature import Shingles, Signatures, hash_all, sign


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What is kept of one text."""

    digest: str  # of the normalised text; empty where nothing is left of it
    signature: Signatures  # one row: 126 permutations
    fragments: Shingles  # the hashes of some of its 5-grams
    middles: Shingles  # the 3-gram in the middle of each


def prepare(texts: Sequence[str]) -> Iterator[Prepared]:
    """Yield what is kept of each of `texts`."""
    engine = engine_for(len(texts))
    for slab in slabs([len(text) for text in texts]):
        laid = normalize_all(texts[slab])
        hashes = hash_all(laid)
        fragments, middles, owners = sample(hashes)
        rows = zip(digests_of(laid), sign(hashes, engine), strict=True)
        for number, (digest, signature) in enumerate(rows):
            own = owners == number
            yield Prepared(digest, signature, fragments[own], middles[own])


def digests_of(laid: Laid) -> Iterator[str]:
    """Yield 32 hex digits of each normalised text; none where nothing is left of it."""
    raw = memoryview(laid.values.astype("<u4", copy=False).tobytes())
    for start, end in zip((4 * laid.starts).tolist(), (4 * laid.ends).tolist(), strict=True):
        yield sha256(raw[start:end]).hexdigest()[:32] if start < end else ""
