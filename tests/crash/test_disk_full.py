"""A disk that is full from some moment on: said in a line, nothing lost, mended by the next run.

Where the tests may mount, the folder is a small file system that is filled to its last byte;
elsewhere the process may make no file longer, which fails at the same writes with another error.
"""

import re
import subprocess
from collections.abc import Generator
from pathlib import Path

import duckdb
import pytest

from crawler.faults import Point
from tests.crash.world import Nursery, Tally, World, nursery, world

DISK_FULL = 74
MEGABYTES = 256

# What is written next: the point before it, and which time it is reached.
WRITES = {
    "log": (Point.AFTER_COMMIT, 1),
    "archive": (Point.BEFORE_ARCHIVE, 2),
    "frontier": (Point.BEFORE_COMMIT, 2),
    "warehouse": (Point.BEFORE_LOAD, 1),
    "warehouse, at its commit": (Point.INSIDE_LOAD, 1),
    "warehouse, its own notes": (Point.AFTER_LOAD, 1),
    "public database": (Point.BEFORE_COPY, 1),
    "report": (Point.BEFORE_REPORT, 1),
    "manifest": (Point.BEFORE_MANIFEST, 1),
}


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "fatiao-test", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield folder
    if mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def forked() -> Generator[Nursery]:
    with nursery() as opened:
        yield opened


@pytest.fixture(scope="module")
def one(disk: Path, forked: Nursery) -> Generator[World]:
    with world(disk, forked, Tally()) as made:
        made.grow(3)
        assert made.run() == 0, made.output
        yield made


@pytest.mark.parametrize(("point", "nth"), WRITES.values(), ids=WRITES)
def test_a_full_disk_is_said_and_costs_nothing(one: World, point: Point, nth: int) -> None:
    one.grow(2)
    code = one.run_full(point, nth)
    assert code == DISK_FULL, one.output
    assert "Traceback" not in one.output
    assert "Logging error" not in one.output
    errors = [line for line in one.output.splitlines() if line.startswith("fatiao:")]
    assert len(errors) == 1
    assert re.search(r"/[\w.-]+/", errors[0]), "no file is named"
    assert "free some space and run again" in errors[0]
    one.check()
    assert one.run() == 0, one.output
    one.check()
    one.check_complete()
    with duckdb.connect(str(one.folder / "data" / "warehouse.duckdb"), read_only=True) as db:
        ungrouped = "FROM core.article WHERE article_id NOT IN (SELECT article_id FROM core.member)"
        assert db.execute(ungrouped).fetchall() == []
