"""Passages that stored texts of different clusters share, kept as typed relations.

What `warehouse.clusters` does with bands and whole texts is done here with fragments and passages:
a text is compared with the first of each bucket that are earlier than it.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from pipeline.dedup.passages import (
    LEAST_FRAGMENTS,
    Grams,
    Overlap,
    Passage,
    find_passages,
    judge_overlap,
    read_grams,
)
from warehouse.buckets import pairs_by_fragments
from warehouse.comparing import Work
from warehouse.staging import strings
from warehouse.store import read_sql

_PAIRS: Final = 4096  # pairs at a time
Found = tuple[int, int, Overlap, float, Passage]


def relate_passages(work: Work) -> None:
    """Seek the passages of all texts that were judged or regrouped."""
    work.run("related")
    parents, children = pairs_by_fragments(work, LEAST_FRAGMENTS)
    work.insert(read_sql("dedup/passage_pairs.sql"), {"child_no": children, "parent_no": parents})
    pairs = int(work.rows("SELECT count(*) FROM pair")[0][0])
    for first in range(0, pairs, _PAIRS):
        rows = work.run("passage_texts", first=first, last=first + _PAIRS)
        texts = work.text_of(sorted({id_ for row in rows for id_ in row[2:]}))
        grams: dict[str, Grams] = {}
        found: list[Found] = []
        for child, parent, child_id, parent_id in rows:
            for id_ in (child_id, parent_id):
                if id_ not in grams:
                    grams[id_] = read_grams(texts[id_], work.known)
            found += _relate(grams[parent_id], grams[child_id], (child, parent))
        work.compared += len(rows)
        _store(work, found)


def _relate(earlier: Grams, later: Grams, numbers: tuple[int, int]) -> list[Found]:
    passages = find_passages(earlier, later)
    overlap = judge_overlap(earlier, later, passages)
    if not overlap:
        return []
    shared = sum(passage.shared for passage in passages)
    similarity = min(1.0, shared / max(min(earlier.rare, later.rare), 1))
    return [(*numbers, overlap, similarity, passage) for passage in passages]


def _store(work: Work, found: Sequence[Found]) -> None:
    if not found:
        return
    columns: dict[str, Any] = {
        "text_no": np.array([row[0] for row in found], dtype=np.int32),
        "other_no": np.array([row[1] for row in found], dtype=np.int32),
        "relation": strings(row[2].value for row in found),
        "similarity": np.array([row[3] for row in found]),
    }
    names = {
        "start_char": "start",
        "end_char": "end",
        "other_start": "other_start",
        "other_end": "other_end",
        "other_paragraph": "other_paragraph",
    }
    for column, name in names.items():
        columns[column] = np.array([getattr(row[4], name) for row in found], dtype=np.int32)
    work.insert(read_sql("dedup/add_relations.sql"), columns)
