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

from pipeline.dedup.kernel import Engine, with_numpy
from pipeline.dedup.laid import Laid, kept, slabs
from pipeline.dedup.normalize import CodePoints, normalize

DEDUP_VERSION: Final = 4  # raise it when a signature, a band or a verdict may change

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
_BLOCK: Final = 1 << 13  # 3-grams hashed at a time: wide ones, which must stay in the first cache


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
    packed = wide[2:] << _CODE_POINT_BITS
    packed |= wide[1:-1]
    packed <<= _CODE_POINT_BITS
    packed |= wide[:-2]
    packed ^= packed >> np.uint64(31)
    packed *= _SPREAD
    packed >>= np.uint64(32)
    hashes: Shingles = packed.astype(np.uint32)
    return hashes


def distinct_all(laid: Laid) -> Laid:
    """Return each text's hashes sorted, each once."""
    values = laid.values.copy()
    for start, end in zip(laid.starts.tolist(), laid.ends.tolist(), strict=True):
        values[start:end].sort()
    is_first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    gaps = laid.gaps
    for place in range(gaps.max(initial=0)):
        is_first[laid.ends[gaps > place] + place] = False
    is_first[laid.starts[laid.lengths > 0]] = True
    return kept(Laid(values, laid.starts, laid.ends), is_first)


def hash_all(laid: Laid) -> Laid:
    """Return the hash of each 3-gram of each text in order of place, repetitions included.

    `laid` is normalised code points without gaps.
    """
    values = np.zeros(len(laid.values), dtype=np.uint32)
    for first in range(0, max(len(values) - SHINGLE_LENGTH + 1, 0), _BLOCK):
        some = laid.values[first : first + _BLOCK + SHINGLE_LENGTH - 1]
        values[first : first + len(some) - SHINGLE_LENGTH + 1] = hash_shingles(some)
    lengths = laid.lengths
    for number in np.flatnonzero((lengths > 0) & (lengths < SHINGLE_LENGTH)).tolist():
        values[laid.starts[number]] = hash_shingles(laid[number])[0]
    ends = laid.starts + np.maximum(lengths - SHINGLE_LENGTH + 1, np.minimum(lengths, 1))
    return Laid(values, laid.starts, ends)


def signatures(texts: Sequence[Shingles]) -> Signatures:
    """Return one signature a text, shape (texts, 126); all ones for a text without shingles."""
    rows = np.empty((len(texts), PERMUTATIONS), dtype=np.uint32)
    for slab in slabs([len(hashes) for hashes in texts]):
        rows[slab] = sign(Laid.of(texts[slab]))
    return rows


def sign(laid: Laid, engine: Engine = with_numpy) -> Signatures:
    """Return one signature a text of a slab, given its hashes; repetitions change nothing."""
    rows = np.full((len(laid), PERMUTATIONS), _EMPTY, dtype=np.uint32)
    is_filled = laid.lengths > 0
    if is_filled.any():
        edges = np.stack((laid.starts[is_filled], laid.ends[is_filled]), axis=1).ravel()
        rows[is_filled] = engine(_finalize(laid.values), edges, *_permutations()).T
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
    shares: NDArray[np.float64] = np.count_nonzero(left == right, axis=1) / PERMUTATIONS
    return shares


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
