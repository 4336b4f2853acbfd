"""Texts laid end to end, so that numpy goes over many of them in one pass.

A call of numpy costs about a microsecond whatever it is given, and a text of 1,500 characters
some 40 calls: for one text at a time that is more than all the arithmetic.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.uint32]
Places = NDArray[np.intp]

# Characters at a time: arrays of 256 kB stay in a core's second cache, and calls are spread.
SLAB: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Laid:
    """One array for many texts: the part of text `i` is `values[starts[i] : ends[i]]`.

    What stands between two parts means nothing.
    """

    values: Values
    starts: Places
    ends: Places

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self.starts)

    def __getitem__(self, number: int) -> Values:
        """Return the part of one text."""
        return self.values[self.starts[number] : self.ends[number]]

    def __iter__(self) -> Iterator[Values]:
        """Yield the part of each text."""
        for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
            yield self.values[start:end]

    @property
    def lengths(self) -> Places:
        """How long each part is."""
        return self.ends - self.starts

    @property
    def gaps(self) -> Places:
        """How many values stand between each part and the next, or the end."""
        return np.append(self.starts[1:], len(self.values)) - self.ends

    @classmethod
    def of(cls, parts: Sequence[Values]) -> Self:
        """Lay arrays end to end."""
        edges = np.cumsum([0, *map(len, parts)], dtype=np.intp)
        values = np.concatenate(parts) if parts else np.empty(0, dtype=np.uint32)
        return cls(values, edges[:-1], edges[1:])

    def chosen(self, is_chosen: NDArray[np.bool_]) -> "Laid":
        """Return some of the texts, laid anew where any is missing."""
        if is_chosen.all():
            return self
        return Laid.of([self[number] for number in np.flatnonzero(is_chosen).tolist()])


def kept(laid: Laid, is_kept: NDArray[np.bool_]) -> Laid:
    """Return the values for which `is_kept` holds; none that stands between texts may be kept."""
    edges = zip(laid.starts.tolist(), laid.ends.tolist(), strict=True)
    # A count takes a microsecond less than the places of all, which nothing else needs.
    counts = np.array([np.count_nonzero(is_kept[start:end]) for start, end in edges], np.intp)
    ends = np.cumsum(counts)
    return Laid(laid.values[is_kept], ends - counts, ends)


def slabs(lengths: Sequence[int]) -> Iterator[slice]:
    """Yield runs of texts of these lengths that together have about SLAB characters."""
    start, size = 0, 0
    for number, length in enumerate(lengths):
        if size and size + length > SLAB:
            yield slice(start, number)
            start, size = number, 0
        size += length
    if start < len(lengths):
        yield slice(start, len(lengths))
