"""Signatures: texts to MinHash rows, bit for bit those of `datasketch.MinHash`, and their bands.

datasketch hashes shingle by shingle in Python; its affine32 scheme is `min(a * fmix32(h) + b)` in
32-bit arithmetic, so whole texts can be signed by numpy with the very same outcome (a test holds
the two together).  A stored index stays with this module's constants: DEDUP_VERSION names them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from pipeline.dedup.normalize import CodePoints, normalize

DEDUP_VERSION: Final = 2  # raise it when a signature, a band or a verdict may change

# 3-grams of normalised text: best F1 .993 for k = 2 and 3, .987 for 5, .943 for 8.
SHINGLE_LENGTH: Final = 3
BANDS: Final = 42
ROWS: Final = 3  # 42 x 3 finds a pair of Jaccard .35 with probability .84, one of .5 with .996
PERMUTATIONS: Final = BANDS * ROWS

Shingles = NDArray[np.uint32]
Signatures = NDArray[np.uint32]

_CODE_POINT_BITS: Final = np.uint64(21)
# Any odd constants with well-mixed bits do; these are the 64-bit golden ratio and Murmur3's.
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint32(0x85EBCA6B)
_MIX_2: Final = np.uint32(0xC2B2AE35)
_EMPTY: Final = 0xFFFFFFFF  # datasketch's value before the first shingle
# Shingles signed at a time, of a hundred texts: 256 kB stay in a core's cache, and the cost of a
# call is spread.  A text at a time takes 2.8 times as long.
_SLAB: Final = 1 << 16


def shingles(text: str) -> Shingles:
    """Return the sorted distinct 32-bit hashes of the 3-grams of `text`, normalised.

    A text of one or two characters has one shingle, an empty one none.
    """
    return distinct(hash_shingles(normalize(text)))


def distinct(hashes: Shingles) -> Shingles:
    """Return hashes sorted, each once; three times as fast as numpy's unique, which hashes them."""
    ordered = np.sort(hashes)
    is_first = np.ones(len(ordered), dtype=bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    once: Shingles = ordered[is_first]
    return once


def hash_shingles(code_points: CodePoints) -> Shingles:
    """Return the hash of each 3-gram in order of place, repetitions included."""
    if 0 < len(code_points) < SHINGLE_LENGTH:
        code_points = np.pad(code_points, (0, SHINGLE_LENGTH - len(code_points)))
    wide = code_points.astype(np.uint64)
    packed = (
        wide[:-2] | wide[1:-1] << _CODE_POINT_BITS | wide[2:] << _CODE_POINT_BITS * np.uint64(2)
    )
    mixed = (packed ^ packed >> np.uint64(31)) * _SPREAD
    hashes: Shingles = (mixed >> np.uint64(32)).astype(np.uint32)
    return hashes


def signatures(texts: Sequence[Shingles]) -> Signatures:
    """Return one signature a text, shape (texts, 126); all ones for a text without shingles."""
    rows = np.full((len(texts), PERMUTATIONS), _EMPTY, dtype=np.uint32)
    slab, size = list[int](), 0
    for number, hashes in enumerate(texts):
        if slab and size + len(hashes) > _SLAB:
            rows[slab] = _least([texts[one] for one in slab])
            slab, size = [], 0
        if len(hashes):
            slab.append(number)
            size += len(hashes)
    if slab:
        rows[slab] = _least([texts[one] for one in slab])
    return rows


def bands(signed: Signatures) -> NDArray[np.uint64]:
    """Return the 42 band keys of each signature, shape (texts, 42); equal rows, equal keys.

    The band's number is mixed in, so that keys of different bands may stand in one column.
    """
    rows = signed.reshape(len(signed), BANDS, ROWS).astype(np.uint64)
    key = np.arange(1, BANDS + 1, dtype=np.uint64) * _SPREAD
    for part in range(ROWS):
        key = (key ^ rows[:, :, part]) * _SPREAD
        key = key ^ key >> np.uint64(29)
    return key


def estimated_jaccard(left: Signatures, right: Signatures) -> NDArray[np.float64]:
    """Return the share of equal permutations, row by row: Jaccard within about .045."""
    equal: NDArray[np.float64] = (left == right).mean(axis=1)
    return equal


def _least(texts: Sequence[Shingles]) -> Signatures:
    """Sign texts that all have shingles, permutation by permutation over all of them at once."""
    hashes = _finalize(np.concatenate(texts))
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    least = np.empty((PERMUTATIONS, len(texts)), dtype=np.uint32)
    permuted = np.empty_like(hashes)
    for row, (factor, offset) in enumerate(zip(*_permutations(), strict=True)):
        np.multiply(hashes, factor, out=permuted)
        np.add(permuted, offset, out=permuted)
        np.minimum.reduceat(permuted, starts, out=least[row])
    signed: Signatures = least.T
    return signed


def _finalize(hashes: Shingles) -> Shingles:
    """Mix as Murmur3's 32-bit finalizer does, which affine32 applies before permuting."""
    mixed = (hashes ^ hashes >> np.uint32(16)) * _MIX_1
    mixed = (mixed ^ mixed >> np.uint32(13)) * _MIX_2
    finalized: Shingles = mixed ^ mixed >> np.uint32(16)
    return finalized


@cache
def _permutations() -> tuple[Signatures, Signatures]:
    factors, offsets = MinHash(num_perm=PERMUTATIONS, scheme="affine32").permutations
    return factors, offsets
