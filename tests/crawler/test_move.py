"""A frontier moved out of its file into a Postgres: all of it, once, with its numbers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.frontier import queue
from crawler.frontier.ledger import start_run
from crawler.frontier.move import move
from crawler.frontier.place import Dsn
from crawler.frontier.postgres import PostgresFrontier
from crawler.frontier.postgres_connection import connect
from crawler.frontier.queue import NewUrl
from crawler.frontier.schedule import Rank
from crawler.frontier.store import Frontier, open_frontier
from crawler.frontier.tombstones import bury
from crawler.frontier.trouble import FrontierAwayError, FrontierError
from crawler.urls import CanonicalUrl
from tests.postgres import Cluster

SITE = "https://site.example"


def add(frontier: Frontier, path: str, title: str = "") -> None:
    new = NewUrl(
        url=CanonicalUrl(f"{SITE}{path}"),
        rank=Rank.ARTICLE,
        due_at=1.5,
        reason="链接",
        link_text=title,
    )
    assert queue.add_url(frontier.connection, "letters", new, 1.5) is not None


def fetched(frontier: Frontier, url_id: int) -> None:
    run_id = start_run(frontier, 2.5)
    frontier.begin()
    frontier.connection.execute(
        "INSERT INTO fetch (run_id, url_id, fetched_at, final_url, kind, file, offset, length)"
        " VALUES (?, ?, 3.5, ?, 'article', 'a.warc.gz', 7, 8)",
        (run_id, url_id, f"{SITE}/a"),
    )
    frontier.commit()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with open_frontier(tmp_path / "frontier.sqlite") as frontier:
        frontier.begin()
        add(frontier, "/a", "借条怎么写\t第二行\\N\n100%")
        add(frontier, "/b", "with a NUL: \0.")
        bury(frontier.connection, "gone.example", "asked", 4.5)
        fetched(frontier, 2)
        fetched(frontier, 1)
    return tmp_path / "frontier.sqlite"


def all_rows(place: Path | Dsn, like: Path) -> dict[str, list[dict[str, Any]]]:
    with open_frontier(like) as named, open_frontier(place) as frontier:
        found = {}
        for table in named.tables():
            rows = frontier.rows(f'SELECT * FROM "{table}"', ())  # noqa: S608 - our own names
            for row in rows:
                row.pop("worker", None)  # of a run, in Postgres alone
                row |= {k: v.replace("\0", "") for k, v in row.items() if isinstance(v, str)}
            found[table] = sorted(rows, key=repr)
        return found


def test_everything_is_there_and_goes_on_counting(postgres: Cluster, file: Path) -> None:
    dsn = postgres.new_database()
    moved = move(file, dsn)
    assert moved.is_new
    assert moved.rows["url"] == moved.rows["fetch"] == moved.rows["run"] == 2
    assert all_rows(dsn, file) == all_rows(file, file)
    assert not move(file, dsn).is_new
    with open_frontier(dsn) as frontier:
        frontier.begin()
        add(frontier, "/c")
        fetched(frontier, 3)
        assert [one.fetch_id for one in frontier.fetches_after(0, 9)] == [1, 2, 3]
        assert frontier.fetches_after(2, 9)[0].url == f"{SITE}/c"
    assert not move(file, dsn).is_new, "what has been crawled since is no hindrance"


def test_a_server_that_goes_away_amid_it_leaves_nothing(postgres: Cluster, file: Path) -> None:
    dsn = postgres.new_database()
    with open_frontier(dsn), pytest.raises(FrontierAwayError, match="run again"):
        connection = connect(dsn)
        connection.execute("BEGIN")
        connection.copy("memory", ("name", "value"), going_away(dsn))
    assert move(file, dsn).is_new, "something was left"


def going_away(dsn: Dsn) -> Iterator[tuple[str, str]]:
    """Yield rows, ending all other connections amid them."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ? AND pid <> ?"
    for number in range(20_000):
        yield f"name {number}", "x" * 100
        if number == 10:
            with open_frontier(dsn) as one:
                assert isinstance(one, PostgresFrontier)
                own = one.connection.raw.info.backend_pid
                one.connection.execute(others, (dsn.url.rpartition("/")[2], own))


def test_a_database_that_has_a_frontier_is_left_as_it_is(postgres: Cluster, file: Path) -> None:
    dsn = postgres.new_database()
    with open_frontier(dsn) as frontier:
        frontier.begin()
        add(frontier, "/other")
    with pytest.raises(FrontierError, match="has a frontier already"):
        move(file, dsn)
    with open_frontier(dsn) as frontier:
        assert len(frontier.rows("SELECT * FROM url", ())) == 1
        assert frontier.rows("SELECT * FROM fetch", ()) == []
