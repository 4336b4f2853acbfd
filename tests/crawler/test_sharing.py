"""Several crawlers on one Postgres: nothing lost, nothing twice, one request a host at a time."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from subprocess import Popen
from typing import Any
from urllib.request import Request, urlopen

import pytest

from crawler.archive import read_page
from crawler.archive_writer import ArchiveWriter
from crawler.bucket import Bucket
from crawler.frontier import memory
from crawler.frontier.leases import Leases, Terms
from crawler.frontier.ledger import start_run
from crawler.frontier.place import Dsn
from crawler.frontier.postgres import PostgresFrontier
from crawler.frontier.postgres_connection import connect
from crawler.frontier.store import Fetch, Frontier, open_frontier, open_frontier_readonly
from crawler.frontier.trouble import FrontierAwayError, FrontierLockedError, LeaseLostError
from crawler.importer import import_warc
from crawler.sources import load_project
from tests.crawler.share_once import TERMS, start_worker, write_worker
from tests.crawler.site import Site, blog, pages, serve
from tests.postgres import PASSWORD, Cluster

SITES = 6
ARTICLES = 40
MACHINES = ("m1", "m2", "m3")


def test_one_is_killed_and_one_stopped_past_its_leases(postgres: Cluster, tmp_path: Path) -> None:
    site_pages = blog(ARTICLES)
    dsn = postgres.new_database()
    with sites(SITES, seconds=0.8) as served, following(dsn) as followed:
        starts = [f"{site.url}/" for site in served]
        folders = [write_worker(tmp_path / name, dsn, starts) for name in MACHINES]
        killed, stopped, well = processes = [start_worker(folder) for folder in folders]
        try:
            wait_for(lambda: all(asked_by(served, name) >= 3 for name in MACHINES), processes)
            for site in served:
                site.seconds = 0.08
            wait_for(lambda: all(asked_by(served, name) >= 12 for name in MACHINES), processes)
            killed.send_signal(signal.SIGKILL)
            stopped.send_signal(signal.SIGSTOP)
            time.sleep(TERMS.lease + 1.0)
            stopped.send_signal(signal.SIGCONT)
            _, lost = stopped.communicate(timeout=60)
            report, errors = well.communicate(timeout=90)
        finally:
            end(processes)
    assert well.returncode == 0, errors
    assert json.loads(report)["outcome"] == "finished"
    assert stopped.returncode == 75
    assert "run again" in lost

    assert [site.most for site in served] == [1] * SITES, "requests in flight to one host"
    expected = {site.url + path for site in served for path in site_pages}
    kept = [one for one in fetches_of(dsn) if one.location]
    assert {one.url for one in kept} == expected
    assert max(Counter((one.url, one.payload_digest) for one in kept).values()) == 1
    asked = Counter(site.url + path for site in served for path in site.counts().elements())
    again = sum(asked[url] - 1 for url in expected)
    print(f"asked again: {again}")
    assert again <= 2 * (ArchiveWriter.batch_pages + SITES), "more than the open batches of two"
    for one in kept:
        check_archived(one, tmp_path, site_pages)
    assert followed == [one.fetch_id for one in fetches_of(dsn)], "a build would have missed some"


def check_archived(one: Fetch, folder: Path, site_pages: Mapping[str, object]) -> None:
    assert one.location is not None
    (file,) = folder.glob(f"*/data/archive/{one.location.file}")
    page = read_page(file.parent, one.location)
    assert (page.url, page.digest) == (one.url, one.payload_digest)
    assert page.body == site_pages["/" + one.url.partition("://")[2].partition("/")[2]]


@contextmanager
def sites(count: int, *, seconds: float) -> Generator[list[Site]]:
    """Serve the same blog on some ports, each of which is a host."""
    with ExitStack() as stack:
        served = [stack.enter_context(serve(pages(blog(ARTICLES)))) for _ in range(count)]
        for site in served:
            site.seconds = seconds
        yield served


@contextmanager
def following(dsn: Dsn) -> Generator[list[int]]:
    """Read fetches as a build does, each time behind the last one seen, while others write."""
    seen: list[int] = []
    is_over = threading.Event()

    def follow() -> None:
        with open_frontier(dsn) as frontier:
            while True:
                was_over = is_over.is_set()
                while new := frontier.fetches_after(seen[-1] if seen else 0, 50):
                    seen.extend(one.fetch_id for one in new)
                if was_over:
                    return
                time.sleep(0.005)

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


def fetches_of(dsn: Dsn) -> list[Fetch]:
    with open_frontier_readonly(dsn) as frontier:
        return frontier.fetches_after(0, 100_000)


def asked_by(served: Sequence[Site], name: str) -> int:
    return sum(
        count for site in served for agent, count in site.by_agent.items() if f"+{name}@" in agent
    )


def wait_for(is_true: Callable[[], bool], processes: Sequence[Popen[str]]) -> None:
    deadline = time.monotonic() + 60
    while not is_true():
        ended = [one for one in processes if one.poll() is not None]
        assert not ended, [one.communicate() for one in ended]
        assert time.monotonic() < deadline
        time.sleep(0.005)


def end(processes: Sequence[Popen[str]]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.communicate()


def test_postgres_restarted_in_the_middle_costs_the_open_batch(
    postgres: Cluster, tmp_path: Path
) -> None:
    site_pages = blog(ARTICLES)
    dsn = postgres.new_database()
    with sites(2, seconds=0.1) as served:
        folder = write_worker(tmp_path / "m1", dsn, [f"{site.url}/" for site in served])
        first = start_worker(folder)
        try:
            wait_for(lambda: asked_by(served, "m1") >= 25, [first])
            postgres.stop()
            _, lost = first.communicate(timeout=60)
        finally:
            end([first])
            postgres.start()
        assert first.returncode == 75
        assert f"postgres://fatiao@127.0.0.1:{postgres.port}/" in lost
        assert "run again" in lost
        assert PASSWORD not in lost
        second = start_worker(folder)
        _, errors = second.communicate(timeout=60)
    assert second.returncode == 0, errors
    expected = {site.url + path for site in served for path in site_pages}
    kept = [one for one in fetches_of(dsn) if one.location]
    assert sorted(one.url for one in kept) == sorted(expected)
    again = sum(max(0, count - 1) for site in served for count in site.counts().values())
    assert again <= ArchiveWriter.batch_pages + 2
    for one in kept:
        check_archived(one, tmp_path, site_pages)


def test_a_host_keeps_its_delay_when_it_changes_hands(postgres: Cluster, tmp_path: Path) -> None:
    dsn = postgres.new_database()
    with sites(2, seconds=0.0) as served:
        starts = [f"{site.url}/" for site in served]
        folders = [write_worker(tmp_path / name, dsn, starts, delay=0.7) for name in MACHINES[:2]]
        first = start_worker(folders[0])
        processes = [first]
        try:
            wait_for(lambda: all(len(site.asked) >= 4 for site in served), processes)
            processes.append(start_worker(folders[1]))
            wait_for(lambda: asked_by(served, "m2") >= 4, processes)
        finally:
            end(processes)
    handed_over = [site for site in served if len(site.by_agent) == 2]
    assert len(handed_over) == 1, "each has one of the two by now"
    for site in served:
        gaps = [after - before for (before, _), (after, _) in pairwise(site.asked)]
        assert min(gaps) > 0.6, "the clock of the test sees requests a little later than made"
        assert site.most == 1


def test_one_store_has_the_pages_of_all(postgres: Cluster, tmp_path: Path) -> None:
    share_a_store(postgres, tmp_path, f"file://{tmp_path / 'store'}")


def test_one_store_may_be_s3(
    postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("s3fs", reason="fatiao[s3] is not installed")
    moto: Any = pytest.importorskip("moto.server", reason="moto is not installed")
    server = moto.ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    known = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    try:
        urlopen(Request(f"{known['AWS_ENDPOINT_URL']}/law", method="PUT")).close()  # noqa: S310
        share_a_store(postgres, tmp_path, "s3://law/archive")
    finally:
        server.stop()


def share_a_store(postgres: Cluster, tmp_path: Path, archive: str) -> None:
    """Let one of two crawlers be killed, and another go on; then look at what the store has."""
    dsn, bucket = postgres.new_database(), Bucket(archive)
    site_pages = blog(ARTICLES)
    with sites(2, seconds=0.3) as served:
        starts = [f"{site.url}/" for site in served]
        folders = [
            write_worker(tmp_path / name, dsn, starts, archive=archive) for name in MACHINES[:2]
        ]
        processes = [start_worker(folder) for folder in folders]
        try:
            wait_for(lambda: all(asked_by(served, name) >= 3 for name in MACHINES[:2]), processes)
            processes[0].kill()
            for site in served:
                site.seconds = 0.02
            bucket.write("fatiao-20261122-99999-r1.warc.gz", b"of the killed one, never committed")
            _, errors = processes[1].communicate(timeout=90)
            assert processes[1].returncode == 0, errors
            time.sleep(TERMS.lease)  # until then the killed one may be at work
            processes.append(start_worker(folders[0]))
            _, errors = processes[2].communicate(timeout=90)
            assert processes[2].returncode == 0, errors
        finally:
            end(processes)
    kept = [one for one in fetches_of(dsn) if one.location]
    assert sorted(one.url for one in kept) == sorted(
        site.url + path for site in served for path in site_pages
    )
    for one in kept:
        assert one.location is not None
        page = read_page(bucket, one.location)
        assert (page.url, page.digest) == (one.url, one.payload_digest)
    with open_frontier_readonly(dsn) as frontier:
        assert bucket.sizes() == frontier.segments(), "no stranger is left"
    assert not any((folder / "data" / "archive").exists() for folder in folders)


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
