"""Leases and what hangs on them, step by step, without a crawl."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.frontier import memory
from crawler.frontier.leases import Leases, Terms
from crawler.frontier.ledger import start_run
from crawler.frontier.place import Dsn
from crawler.frontier.postgres import PostgresFrontier
from crawler.frontier.postgres_connection import connect
from crawler.frontier.store import Frontier, open_frontier
from crawler.frontier.trouble import FrontierAwayError, FrontierLockedError, LeaseLostError
from crawler.importer import import_warc
from crawler.sources import load_project
from tests.crawler.share_once import write_worker
from tests.postgres import Cluster


def test_a_source_that_another_crawls_takes_no_import(postgres: Cluster, tmp_path: Path) -> None:
    dsn = postgres.new_database()
    file = write_worker(tmp_path / "m1", dsn, ["http://127.0.0.1:9/"]) / "fatiao.toml"
    project = load_project(file)
    assert isinstance(project.database, Dsn)
    with PostgresFrontier(connect(dsn), dsn) as frontier:
        others = Leases(frontier, 99, Terms())
        others.take(["source:site-0"], 1)
        with pytest.raises(FrontierLockedError, match="another crawls site-0"):
            import_warc(project, tmp_path / "any.warc", None)
        others.close()


def test_an_older_number_is_never_seen_after_a_later_one(postgres: Cluster) -> None:
    dsn = postgres.new_database()
    with open_frontier(dsn) as slow, open_frontier(dsn) as quick:
        for frontier in (slow, quick):
            frontier.begin()
            frontier.connection.execute(FETCH, (frontier is slow,))
        assert slow.fetches_after(0, 9) == []
        quick.commit()
        (seen,) = numbers(quick)
        slow.commit()
        assert numbers(quick)[0] == seen, "a build that has gone past it would never read the other"
        assert len(numbers(quick)) == 2


def numbers(frontier: Frontier) -> list[int]:
    return [row[0] for row in frontier.connection.execute("SELECT fetch_id FROM fetch ORDER BY 1")]


FETCH = """
    INSERT INTO fetch (run_id, url_id, fetched_at, final_url, kind)
    VALUES (1, CASE WHEN ? THEN 1 ELSE 2 END, 0, 'http://a.cn/', 'article')
"""


BRIEF = Terms(lease=0.4, request=0.1, renewal=0.1, look=0.1)


def test_what_is_done_after_a_lease_was_lost_never_counts(postgres: Cluster) -> None:
    dsn = postgres.new_database()
    with worker(dsn) as (frontier, ours), worker(dsn) as (_, theirs):
        assert set(ours.take(["source:a"], 1)) == {"source:a"}
        assert not theirs.take(["source:a"], 1)
        assert ours.may_send()
        frontier.connection.script("SET idle_in_transaction_session_timeout = 0")
        frontier.begin()
        frontier.connection.execute("INSERT INTO memory VALUES ('from', 'ours')")
        time.sleep(BRIEF.lease)
        assert not ours.may_send()
        (since,) = theirs.take(["source:a"], 1).values()
        assert since < BRIEF.lease, "counted from the end of the lease, when nothing was under way"
        frontier.connection.execute("SELECT 1")
        with pytest.raises(LeaseLostError, match="run again"):
            frontier.commit()
        frontier.connection.execute("ROLLBACK")
        assert memory.kept(frontier.connection, "from") is None
        with pytest.raises(LeaseLostError):
            ours.renew()


def test_a_late_commit_counts_where_nobody_took_the_lease(postgres: Cluster) -> None:
    dsn = postgres.new_database()
    with worker(dsn) as (frontier, ours):
        ours.take(["source:a"], 1)
        frontier.connection.script("SET idle_in_transaction_session_timeout = 0")
        frontier.begin()
        frontier.connection.execute("INSERT INTO memory VALUES ('from', 'ours')")
        time.sleep(BRIEF.lease + 0.1)
        frontier.commit()
        assert memory.kept(frontier.connection, "from") == "ours"
        assert ours.may_send()


def test_a_stopped_worker_keeps_no_rows_locked(postgres: Cluster) -> None:
    dsn = postgres.new_database()
    with worker(dsn) as (frontier, _), open_frontier(dsn) as other:
        frontier.begin()
        frontier.connection.execute("INSERT INTO memory VALUES ('from', 'stopped')")
        other.connection.execute("INSERT INTO memory VALUES ('from', 'other')")
        with pytest.raises(FrontierAwayError, match="idle-in-transaction"):
            frontier.commit()
        assert memory.kept(other.connection, "from") == "other"


@contextmanager
def worker(dsn: Dsn) -> Generator[tuple[PostgresFrontier, Leases]]:
    frontier = PostgresFrontier(connect(dsn), dsn)
    leases = Leases(frontier, start_run(frontier, 0.0), BRIEF)
    try:
        yield frontier, leases
    finally:
        leases.close()
        frontier.close()
