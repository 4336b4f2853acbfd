"""Sorted runs of keys beside the warehouse: they make grouping cheaper and change nothing else."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.library import BASES, CROWD, EDITS, add_batch, clear, grouping, read, related
from warehouse import runs
from warehouse.clusters import add_documents, remove_documents
from warehouse.forget import compact
from warehouse.store import open_warehouse, transaction

NAMES = [f"{base}{edit}" for edit in EDITS for base in BASES]
ALL = [*NAMES[:8], *CROWD, *NAMES[8:]]


@pytest.fixture(name="path")
def _path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(runs, "LEAST", 8)
    return tmp_path / "warehouse.duckdb"


@pytest.fixture(name="db")
def _open(path: Path) -> Iterator[DuckDBPyConnection]:
    with open_warehouse(path) as connection:
        yield connection


def _files(path: Path) -> list[Path]:
    return sorted(Path(f"{path}.keys").glob("*"))


def _in_batches(db: DuckDBPyConnection, size: int) -> None:
    for start in range(0, len(ALL), size):
        with transaction(db):
            add_batch(db, ALL[start : start + size], ALL)


def _outcome(db: DuckDBPyConnection) -> tuple[object, object]:
    return grouping(db), related(db)


@cache
def _expected(*gone: str) -> tuple[object, object]:
    """Return what is found without any run, in memory."""
    with open_warehouse(":memory:") as db:
        _in_batches(db, 16)
        _remove(db, *gone)
        return _outcome(db)


def _remove(db: DuckDBPyConnection, *names: str) -> None:
    with transaction(db):
        remove_documents(db, names)
        add_documents(db, [], read)


def test_what_is_found_by_runs_is_what_is_found_by_tables(
    path: Path, db: DuckDBPyConnection
) -> None:
    _in_batches(db, 16)
    assert runs.open_run(db).upto > 8
    assert len({file.name.partition(".")[0] for file in _files(path)}) <= 2  # one, and one before
    assert _outcome(db) == _expected()


def test_texts_that_left_are_found_no_more_and_their_numbers_not_given_again(
    db: DuckDBPyConnection,
) -> None:
    _in_batches(db, 16)
    gone = ALL[-9:]
    _remove(db, *gone)
    assert _outcome(db) == _expected(*gone)
    with transaction(db):
        add_batch(db, gone, ALL)
    assert _outcome(db)[1] == _expected()[1]
    again = db.execute("SELECT min(text_no) FROM core.signature WHERE head_id = ?", [gone[-1]])
    assert again.fetchall()[0][0] > runs.open_run(db).upto - len(gone)


@pytest.mark.parametrize("harm", ["deleted", "cut"])
def test_without_its_files_all_is_sought_in_the_tables(
    path: Path, db: DuckDBPyConnection, harm: str
) -> None:
    _in_batches(db, 16)
    for file in _files(path):
        if harm == "cut":
            file.write_bytes(file.read_bytes()[:-4])
        else:
            file.unlink()
    assert runs.open_run(db).upto == 0
    gone = ALL[3:5]
    _remove(db, *gone)
    with transaction(db):
        add_batch(db, gone, ALL)
    assert _outcome(db)[1] == _expected()[1]
    assert runs.open_run(db).upto > 8  # written anew


def test_a_transaction_that_fails_leaves_the_run_that_was_in_use(
    db: DuckDBPyConnection,
) -> None:
    with transaction(db):
        add_batch(db, ALL[:16], ALL)
    before = runs.open_run(db).upto
    with pytest.raises(ZeroDivisionError), transaction(db):
        add_batch(db, ALL[16:], ALL)
        assert runs.open_run(db).upto > before
        raise ZeroDivisionError
    assert runs.open_run(db).upto == before


def test_forgetting_removes_the_keys_of_what_is_forgotten(path: Path) -> None:
    with open_warehouse(path) as db:
        _in_batches(db, 16)
    compact(path)
    assert _files(path) == []
    with open_warehouse(path) as db:
        clear(db)
        _in_batches(db, 16)
        assert _outcome(db) == _expected()


def test_files_that_come_back_after_they_were_missed_are_not_trusted(
    path: Path, db: DuckDBPyConnection, tmp_path: Path
) -> None:
    _in_batches(db, 16)
    keys, away = Path(f"{path}.keys"), tmp_path / "away"
    keys.rename(away)
    gone = ALL[-9:]
    _remove(db, *gone)
    with transaction(db):  # their numbers may be given to others now
        add_batch(db, gone, ALL)
    keys.mkdir(exist_ok=True)
    for file in away.iterdir():
        shutil.copy(file, keys / file.name)
    again = ALL[2:6]
    _remove(db, *again)
    with transaction(db):
        add_batch(db, again, ALL)
    assert _outcome(db)[1] == _expected()[1]


_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.library import add_batch
from tests.warehouse.test_runs import ALL
from warehouse import runs
from warehouse.store import open_warehouse
runs.LEAST = 8
with open_warehouse(Path(sys.argv[1])) as db:
    db.begin()
    add_batch(db, ALL[:16], ALL)
    db.commit()
    db.begin()
    add_batch(db, ALL[16:], ALL)
    if sys.argv[2] == "after":
        db.commit()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_the_commit_it_has_the_run_that_its_rows_name(path: Path, when: str) -> None:
    command = [sys.executable, "-c", _KILLED, str(path), when]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -signal.SIGKILL
    with open_warehouse(path) as db:
        stored = db.execute("SELECT max(text_no) FROM core.signature").fetchall()
        assert 0 < runs.open_run(db).upto <= stored[0][0]
        if when == "before":
            with transaction(db):
                add_batch(db, ALL[16:], ALL)
        assert _outcome(db) == _expected()
