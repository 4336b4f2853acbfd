"""Grouping killed between any two of its steps: never half a cluster, and the same in the end."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from duckdb import DuckDBPyConnection

from tests.warehouse.library import BASES, CROWD, EDITS, add_batch, grouping, related
from warehouse import runs
from warehouse.comparing import Work
from warehouse.store import open_warehouse, transaction

NAMES = [*CROWD, *(f"{base}{edit}" for edit in EDITS for base in BASES)]
BATCH = 12
STEPS = 29  # of a batch, more or less


def _build(path: Path, steps: int) -> None:
    """Add what is missing, batch by batch, and die after so many steps."""
    runs.LEAST = 8  # type: ignore[misc] # this process's own, so that runs of keys are written too
    inner, left = Work.run, [steps]

    def run(work: Work, file: str, **parameters: object) -> list[tuple[object, ...]]:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return inner(work, file, **parameters)

    Work.run = run  # type: ignore[method-assign, assignment]
    with open_warehouse(path) as db:
        _finish(db)


def _finish(db: DuckDBPyConnection) -> None:
    (there,) = db.execute("SELECT count(*) FROM core.member").fetchall()[0]
    for start in range(there, len(NAMES), BATCH):
        with transaction(db):
            add_batch(db, NAMES[start : start + BATCH], NAMES)


@contextmanager
def _sound(path: Path) -> Iterator[DuckDBPyConnection]:
    """Open what a killed process left; every article is in one cluster with one original."""
    with open_warehouse(path) as db:
        assert not db.execute("""
            SELECT cluster_id FROM core.duplicate GROUP BY cluster_id
            HAVING count(*) FILTER (WHERE relation = 'original') <> 1
                OR count(*) FILTER (WHERE article_id = canonical_id) <> 1
        """).fetchall()
        assert not db.execute("""
            SELECT article_id FROM core.member FULL JOIN core.duplicate AS d USING (article_id)
            WHERE member.article_id IS NULL OR d.article_id IS NULL
        """).fetchall()
        assert not db.execute("FROM core.unsettled_text").fetchall()
        yield db


def test_killed_between_steps_no_cluster_has_two_originals_and_the_end_is_the_same(
    tmp_path: Path,
) -> None:
    fork = get_context("forkserver")
    path, sizes = tmp_path / "warehouse.duckdb", set[int]()
    for steps in range(2, STEPS + BATCH, 4):
        child = fork.Process(target=_build, args=(path, steps))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        with _sound(path) as db:
            (size,) = db.execute("SELECT count(*) FROM core.member").fetchall()[0]
            assert size % BATCH == 0
            sizes.add(size)
    assert len(sizes) > 1, "some kills came after a batch that was kept"
    with _sound(path) as db:
        _finish(db)
        ended = grouping(db), related(db)
    with open_warehouse(":memory:") as db:
        _finish(db)
        assert (grouping(db), related(db)) == ended
