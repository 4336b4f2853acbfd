"""The loop that costs most, compiled where numba is installed; its outcome is the same bit for bit.

numba is no dependency of ours: it is as large as all others together and takes seconds to compile,
which a run of some articles never earns back.  `pip install numba` beside fatiao is all it needs;
an index made with it is an index made without.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Texts: numpy takes some 30 microseconds more for each, and loading numba .3 to .6 s.
WORTH_LOADING: Final = 40_000
_AT_ONCE: Final = 4  # words; of one the lowest are read and written four times as often

Words = NDArray[np.uint32]
Edges = NDArray[np.intp]  # where each text begins and ends, in turns
Engine = Callable[[Words, Edges, Words, Words], Words]


def engine_for(texts: int) -> Engine:
    """Return what to sign so many texts with."""
    compiled = _compiled() if texts >= WORTH_LOADING else None
    return compiled or with_numpy


def with_numpy(hashes: Words, edges: Edges, factors: Words, offsets: Words) -> Words:
    """Return the least of each permutation in each text, shape (permutations, texts).

    Permutation by permutation over all texts at once.  Each is made from the one before, in place:
    two passes over one array that stays in the cache, and a third for the least of each text.
    """
    permuted = np.append(hashes, np.uint32(0))  # one more, as an end may be there
    least = np.empty((len(factors), len(edges)), dtype=np.uint32)
    for row, factor, offset in zip(least, *_steps(factors, offsets), strict=True):
        np.multiply(permuted, factor, out=permuted)
        np.add(permuted, offset, out=permuted)
        np.minimum.reduceat(permuted, edges, out=row)
    return least[:, ::2]


def in_a_loop(hashes: Words, edges: Edges, factors: Words, offsets: Words) -> Words:
    """Return the same, as numba compiles it: four words at a time, all permutations of them.

    The lowest of 126 permutations stay in the first cache; the loops the other way round take
    three times as long.
    """
    least = np.empty((len(factors), len(edges) // 2), dtype=np.uint32)
    for text in range(len(edges) // 2):
        lowest = np.full(len(factors), np.uint32(0xFFFFFFFF), dtype=np.uint32)
        start, end = edges[2 * text], edges[2 * text + 1]
        whole = end - (end - start) % _AT_ONCE
        for place in range(start, whole, _AT_ONCE):
            one, two = hashes[place], hashes[place + 1]
            three, four = hashes[place + 2], hashes[place + 3]
            for row in range(len(factors)):
                factor, offset = factors[row], offsets[row]
                left = min(np.uint32(factor * one + offset), np.uint32(factor * two + offset))
                right = min(np.uint32(factor * three + offset), np.uint32(factor * four + offset))
                lowest[row] = min(lowest[row], left, right)
        for place in range(whole, end):
            word = hashes[place]
            for row in range(len(factors)):
                lowest[row] = min(lowest[row], np.uint32(factors[row] * word + offsets[row]))
        least[:, text] = lowest
    return least


@cache
def _compiled() -> Engine | None:
    if find_spec("numba") is None:
        return None
    compiled: Engine = import_module("numba").njit(cache=True, nogil=True, error_model="numpy")(
        in_a_loop
    )
    return compiled


def _steps(factors: Words, offsets: Words) -> tuple[Words, Words]:
    """Return the factors and offsets that make each permutation from the one before.

    `a * x + b` and `c * x + d` with an odd `a`: the second is `c / a` times the first, and so on,
    in arithmetic modulo 2^32.
    """
    return _cached_steps(factors.tobytes(), offsets.tobytes())


@cache
def _cached_steps(factors: bytes, offsets: bytes) -> tuple[Words, Words]:
    modulus = 1 << 32
    steps, last = list[tuple[int, int]](), (1, 0)
    pairs = (np.frombuffer(one, dtype=np.uint32).tolist() for one in (factors, offsets))
    for factor, offset in zip(*pairs, strict=True):
        step = factor * pow(last[0], -1, modulus) % modulus
        steps.append((step, (offset - step * last[1]) % modulus))
        last = factor, offset
    made = np.array(steps, dtype=np.uint32)
    return made[:, 0].copy(), made[:, 1].copy()
