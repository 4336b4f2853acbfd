"""Several crawlers on one Postgres: nothing lost, nothing twice, one request a host at a time."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from subprocess import Popen

from crawler.archive import read_page
from crawler.frontier.ledger import BATCH_PAGES
from crawler.frontier.place import Dsn
from crawler.frontier.store import Fetch, open_frontier, open_frontier_readonly
from tests.crawler.share_once import TERMS, start_worker, write_worker
from tests.crawler.site import Site, blog, pages, serve
from tests.postgres import Cluster

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
    assert again <= 2 * (BATCH_PAGES + SITES), "more than the open batches of two"
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
