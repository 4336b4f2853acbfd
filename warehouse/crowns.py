"""Which article of a cluster is the original, and by what evidence.

The matches of `warehouse.clusters` lead to the earliest text; the original is chosen by more than
dates (`sql/dedup/crowned.sql`).  Where it is another than the earliest, the matches on its way
there are turned round, so that every relation is told toward the original.  A cluster keeps its
name, that of its member fetched first, whoever is the original.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from warehouse.comparing import Work
from warehouse.staging import Column, strings
from warehouse.store import read_sql

_INVERSE: Final = {"excerpt": "contains", "contains": "excerpt"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of `sql/dedup/crooked.sql`."""

    id: str
    canonical: str
    matched: str | None
    relation: str
    similarity: float
    rare_similarity: float
    substitution: str | None


def crown(work: Work, epoch: int) -> None:
    """Name the affected clusters, choose their originals, and write what became of each article.

    What the standing of sites decides is decided last, after all else that standing rests on.
    """
    work.run("clustered")
    [(candidates,)] = work.run("crown_affected")
    if candidates:
        work.run("crowned")
    _write(work, epoch)
    [(reweighed,)] = work.run("crown_weak")
    if reweighed:
        work.run("crowned")
        work.run("recrowned")
        _write(work, epoch)
    work.run("events", epoch=epoch)


def _write(work: Work, epoch: int) -> None:
    work.run("grouped")
    _turn(work)
    work.run("refresh", epoch=epoch)


def _turn(work: Work) -> None:
    """Turn the matches between each original and the earliest of its cluster round."""
    rows = {row[0]: _Row(*row) for row in work.run("crooked")}
    crowned = [row for row in rows.values() if row.id == row.canonical]
    turned = [row for original in crowned for row in _turned(original, rows)]
    if not turned:
        return
    columns: dict[str, Column] = {
        "article_id": strings(row.id for row in turned),
        "relation": strings(row.relation for row in turned),
        "similarity": np.array([row.similarity for row in turned]),
        "rare_similarity": np.array([row.rare_similarity for row in turned]),
        "matched_id": strings(row.matched for row in turned),
        "substitution": strings(row.substitution for row in turned),
    }
    work.insert(read_sql("dedup/turned.sql"), columns)


def _turned(original: _Row, rows: Mapping[str, _Row]) -> Iterator[_Row]:
    """Yield the original matched with none, and each on the way from it with the one before."""
    last, row = None, original
    while True:
        yield _instead(row, last)
        if row.matched is None:
            return
        last, row = row, rows[row.matched]


def _instead(row: _Row, matched: _Row | None) -> _Row:
    """Return `row` matched with `matched`, which was matched with it."""
    if matched is None:
        return replace(
            row,
            matched=None,
            relation="original",
            similarity=1.0,
            rare_similarity=1.0,
            substitution=None,
        )
    earlier, arrow, later = (matched.substitution or "").partition("→")
    return replace(
        row,
        matched=matched.id,
        relation=_INVERSE.get(matched.relation, matched.relation),
        similarity=matched.similarity,
        rare_similarity=matched.rare_similarity,
        substitution=f"{later}→{earlier}" if arrow else None,
    )
