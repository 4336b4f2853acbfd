"""`fatiao forget`: afterwards nothing stored holds it, and nothing ever fetches it again."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from crawler.faults import Point
from crawler.frontier.store import open_frontier
from tests.crash.world import Tally, World, nursery, world
from tests.warehouse.commands import fatiao


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Generator[World]:
    """A folder with two snapshots of a site of ten articles."""
    folder = tmp_path_factory.mktemp("original")
    with nursery() as forked, world(folder, forked, Tally()) as one:
        one.grow(8)
        assert one.run() == 0
        one.grow(2)
        assert one.run() == 0
        yield one


@pytest.fixture
def published(original: World, tmp_path: Path) -> World:
    return original.copy(tmp_path)


def test_a_folder_can_be_moved_and_goes_on(published: World, original: World) -> None:
    folder, before = published.folder, len(published.site.asked)
    name = str(original.folder).encode()
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".log" and path.name != "output.txt":
            assert name not in path.read_bytes(), f"{path} holds the old path"
    assert (folder / "public").resolve().is_relative_to(folder.resolve())
    assert published.run() == 0
    make_all_due(folder)
    assert published.run() == 0
    assert len(published.site.asked) > before
    published._check_archive(*published._check_frontier())
    published._check_public()
    assert len(urls_of(folder)) == 10


def urls_of(folder: Path, sql: str = "SELECT url FROM core.article") -> set[str]:
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as db:
        return {url for (url,) in db.execute(sql).fetchall()}


def make_all_due(folder: Path) -> None:
    with sqlite3.connect(folder / "data" / "frontier.sqlite") as connection:
        connection.execute("UPDATE url SET due_at = 0")
    connection.close()


def bytes_of(folder: Path) -> bytes:
    kept = [path for path in folder.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in kept if path.suffix != ".gz")


def test_a_page_is_taken_out_of_everything_for_good(published: World) -> None:
    folder, url = published.folder, published.site.url + "/post/3.html"
    said = fatiao(folder, "forget", url, "--because", "the author asked")
    assert said.returncode == 0, said.stderr
    assert "1 articles, 1 versions" in said.stdout
    assert "2 hold some of it" in said.stdout
    assert "Nothing was changed" in said.stdout
    assert url in urls_of(folder)

    done = fatiao(folder, "forget", url, "--because", "the author asked", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": 0 of it found") == 4, done.stdout
    assert len(list((folder / "snapshots").iterdir())) == 1
    others = {f"{published.site.url}/post/{one}.html" for one in range(1, 11) if one != 3}
    assert urls_of(folder) == others
    published.known -= {url}
    published.proved.clear()
    published._check_archive(*published._check_frontier())
    published._check_public()

    counts = published.site.counts()
    make_all_due(folder)
    assert published.run() == 0
    assert published.site.counts()["/post/3.html"] == counts["/post/3.html"]
    assert published.site.counts()["/"] == counts["/"] + 1
    assert fatiao(folder, "build", "--rebuild").returncode == 0
    assert fatiao(folder, "publish").returncode == 0
    assert urls_of(folder) == others
    why = fatiao(folder, "why", url).stdout
    assert "was forgotten" in why
    assert "the author asked" in why


def test_a_host_is_taken_out_with_all_its_pages(published: World) -> None:
    folder = published.folder
    host = published.site.url.removeprefix("http://")
    done = fatiao(folder, "forget", host, "--because", "the site asked", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert urls_of(folder) == set()
    assert urls_of(folder, "SELECT url FROM ops.fetch") == set()
    assert list((folder / "data" / "archive").iterdir()) == []
    asked = len(published.site.asked)
    published.run()
    assert len(published.site.asked) == asked
    assert "来信选登".encode() not in bytes_of(folder)


@pytest.mark.parametrize("point", [Point.BEFORE_REPLACE, Point.AFTER_REPLACE])
def test_killed_half_way_it_is_finished_by_the_next_run_or_by_itself(
    published: World, point: Point
) -> None:
    folder, url = published.folder, published.site.url + "/post/3.html"
    arguments = ("forget", url, "--because", "asked", "--yes")
    assert published.nursery.run(folder, *arguments, point=point) == -9
    is_done = point is Point.AFTER_REPLACE
    if is_done:
        published.known -= {url}
    published.run()
    published._check_archive(*published._check_frontier())
    assert (url in urls_of(folder)) is not is_done
    done = fatiao(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert url not in urls_of(folder)
    assert ": 0 of it found" in done.stdout


def test_what_is_neither_a_url_nor_a_host_is_refused(published: World) -> None:
    done = fatiao(published.folder, "forget", "第三号 来信", "--because", "asked")
    assert done.returncode == 65
    assert "neither a URL" in done.stderr


def test_an_older_frontier_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "frontier.sqlite"
    first = files("crawler.frontier").joinpath("schema.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as old:
        old.executescript(f"{first}PRAGMA user_version = 1;")
        old.execute("INSERT INTO fetch VALUES (1, 1, 1, 0, 'http://a.cn/', 200, 'article', NULL,"
                    " 9, NULL, NULL, NULL, NULL)")  # fmt: skip
        old.commit()
    with open_frontier(path) as frontier:
        assert frontier.connection.execute("SELECT count(*) FROM tombstone").fetchone() == (0,)
        row = frontier.connection.execute("SELECT robots_at, robots_rule FROM fetch").fetchone()
        assert row == (None, None)
