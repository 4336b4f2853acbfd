"""`fatiao retain`: the archive gets smaller, what was made from it stays the same."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawler.faults import Point
from tests.crash.world import Tally, World, nursery, world
from tests.warehouse.commands import fatiao

ALL = ("retain", "--keep", "first,changed", "--older-than", "0d")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Generator[World]:
    folder = tmp_path_factory.mktemp("original")
    with nursery() as forked, world(folder, forked, Tally()) as one:
        for articles in (6, 1, 1):
            one.grow(articles)
            assert one.run() == 0
        yield one


@pytest.fixture
def lived(original: World, tmp_path: Path) -> World:
    return original.copy(tmp_path)


def contents(folder: Path) -> list[Any]:
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        return db.execute(
            "SELECT v.version_id, v.version_no, v.valid_from, v.text,"
            " a.first_fetched_at, a.last_fetched_at"
            " FROM core.article_version AS v JOIN core.article AS a USING (article_id)"
            " ORDER BY ALL"
        ).fetchall()


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "data" / "archive").iterdir())


def test_what_brought_nothing_new_goes_and_all_that_was_made_stays(lived: World) -> None:
    folder = lived.folder
    before, bytes_before = contents(folder), size(folder)
    said = fatiao(folder, *ALL)
    assert said.returncode == 0, said.stderr
    assert "records brought nothing new" in said.stdout
    assert "Nothing was changed" in said.stdout
    assert size(folder) == bytes_before

    done = fatiao(folder, *ALL, "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert size(folder) < bytes_before
    assert contents(folder) == before
    lived._check_archive(*lived._check_frontier())
    lived._check_public()
    assert "No record older" in fatiao(folder, *ALL, "--yes").stdout

    assert fatiao(folder, "build", "--rebuild").returncode == 0
    assert fatiao(folder, "publish").returncode == 0
    # Of a rebuild the versions are the same; their numbers may differ from those made run by run.
    assert {row[0] for row in contents(folder)} == {row[0] for row in before}
    lived.grow(1)
    assert lived.run() == 0
    lived._check_archive(*lived._check_frontier())


@pytest.mark.parametrize("point", [Point.BEFORE_REPLACE, Point.AFTER_REPLACE])
def test_killed_half_way_nothing_is_lost(lived: World, point: Point) -> None:
    before = contents(lived.folder)
    assert lived.nursery.run(lived.folder, *ALL, "--yes", point=point)[0] == -9
    assert lived.run() == 0
    lived._check_archive(*lived._check_frontier())
    lived._check_public()
    assert [row[:4] for row in contents(lived.folder)] == [row[:4] for row in before]
    done = fatiao(lived.folder, *ALL, "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    lived._check_archive(*lived._check_frontier())


def test_what_is_young_stays(lived: World) -> None:
    said = fatiao(lived.folder, "retain", "--keep", "first,changed", "--yes")
    assert said.returncode == 0, said.stderr
    assert "No record older than 365 days" in said.stdout
    assert fatiao(lived.folder, "retain", "--keep", "all").returncode == 64
