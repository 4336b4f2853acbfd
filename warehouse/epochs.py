"""Epochs: when it is counted anew which shingles are common, so that all texts are judged anew.

An epoch begins when the number of texts has reached a power of two, and counts over exactly that
many texts, the first in order: in whatever batches articles come, the epochs are the same.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.dedup.confirm import COPY_PREFILTER_JACCARD, is_copy
from pipeline.dedup.rarity import bound_of, find_common
from pipeline.dedup.signature import DEDUP_VERSION
from warehouse.buckets import find_pairs
from warehouse.comparing import Work, candidates, shingles_of

FIRST_EPOCH: Final = 16  # texts; among fewer nothing is known to be common


def enter_epoch(work: Work, new: int) -> int:
    """Begin a new epoch if enough texts have come, find the pairs to compare; return the epoch.

    Where most texts are new although they are no more than before (extracted anew), what was
    common says nothing any more, and the epoch begins again.
    """
    epoch, size, texts = work.run("epoch")[0]
    if not texts:
        work.run("forget")
        return 0
    due = 1 << (int(texts).bit_length() - 1)
    if due < FIRST_EPOCH or (due <= size and 2 * new <= texts):
        find_pairs(work)
        return int(epoch)
    work.run("judge_all")
    find_pairs(work)
    return _begin_epoch(work, due, int(texts))


def _begin_epoch(work: Work, size: int, texts: int) -> int:
    """Count what is common among the first `size` texts, all of which are to be judged."""
    epoch = (size // FIRST_EPOCH).bit_length()
    canonical = _uncopied(work, [int(row[0]) for row in work.run("first_texts", size=size)])
    common = find_common(shingles_of(work, canonical), size)
    work.run("forget_common")
    work.run("forget_epochs", size=size)
    if len(common):
        work.insert("INSERT INTO core.common_shingle FROM staged", {"shingle": common})
    work.run(
        "log_epoch",
        epoch=epoch,
        size=size,
        canonical_texts=len(canonical),
        bound=bound_of(size),
        common_shingles=len(common),
        judged_texts=texts,
        dedup_version=DEDUP_VERSION,
    )
    return epoch


def _uncopied(work: Work, numbers: Sequence[int]) -> list[int]:
    """Return the texts `numbers` without those that are surely a copy of an earlier one."""
    counted = np.array(numbers, dtype=np.int32)
    copies = set[int]()
    for parents, children in candidates(work, COPY_PREFILTER_JACCARD):
        is_counted = np.isin(children, counted)
        pairs = parents[is_counted].tolist(), children[is_counted].tolist()
        for parent, child in zip(*pairs, strict=True):
            if child not in copies:
                work.compared += 1
                if is_copy(work.profiles[parent], work.profiles[child]):
                    copies.add(child)
    return [number for number in numbers if number not in copies]
