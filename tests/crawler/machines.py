"""Crawlers in processes of their own, the sites that they share, and what came of it."""

import signal
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from subprocess import Popen

from crawler.archive import read_page
from crawler.frontier.place import Dsn
from crawler.frontier.store import Fetch, open_frontier, open_frontier_readonly
from tests.crawler.site import Site, blog, pages, serve

ARTICLES = 40
MACHINES = ("m1", "m2", "m3")


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
