"""SIGKILL at any moment: no page is lost, none is archived twice as new, nothing is damaged."""

import random
import signal
import time
from collections import Counter
from pathlib import Path
from subprocess import Popen

from crawler.archive import read_page, scan
from crawler.frontier.store import open_frontier
from tests.crawler.crawl_once import run_crawl, start_crawl, write_project
from tests.crawler.site import Site, blog, pages, serve

ARTICLES = 180
KILLS = 4


def test_kills_lose_nothing_and_archive_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(20261121)  # noqa: S311 - not a secret
    site_pages = blog(ARTICLES)
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        for _ in range(KILLS):
            _crawl_until_killed(site, tmp_path, after=chance.randint(1, 22), chance=chance)
        report = run_crawl(tmp_path)
    assert report["outcome"] in {"finished", "nothing_due"}

    with open_frontier(tmp_path / "data" / "frontier.sqlite") as frontier:
        fetches = [one for one in frontier.fetches_after(0, 10_000) if one.location]
        committed = frontier.segments()
    new = Counter((one.url, one.payload_digest) for one in fetches)
    assert max(new.values()) == 1
    assert {url for url, _ in new} == {site.url + path for path in site_pages}

    archive = tmp_path / "data" / "archive"
    for one in fetches:
        assert one.location is not None
        page = read_page(archive, one.location)
        assert (page.url, page.digest) == (one.url, one.payload_digest)
        assert page.body == site_pages[one.url.removeprefix(site.url)]
    assert {path.name: path.stat().st_size for path in archive.iterdir()} == committed
    kept = [page.url for name in sorted(committed) for page in scan(archive / name)]
    assert sorted(kept) == sorted(one.url for one in fetches)


def test_a_full_disk_ends_the_run_and_the_next_one_mends_it(tmp_path: Path) -> None:
    site_pages = blog(60)
    with serve(pages(site_pages)) as site:
        write_project(tmp_path, site.url + "/")
        process = start_crawl(tmp_path, largest_file=24_000)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "too large" in errors or "disk" in errors, errors
        report = run_crawl(tmp_path)
    assert report["outcome"] == "finished"
    with open_frontier(tmp_path / "data" / "frontier.sqlite") as frontier:
        fetches = [one for one in frontier.fetches_after(0, 10_000) if one.location]
    assert sorted(one.url for one in fetches) == sorted(site.url + path for path in site_pages)
    for one in fetches:
        assert one.location is not None
        assert read_page(tmp_path / "data" / "archive", one.location).url == one.url


def _crawl_until_killed(site: Site, folder: Path, after: int, chance: random.Random) -> None:
    """Kill a crawl a moment after it has made `after` requests."""
    before = len(site.asked)
    process = start_crawl(folder)
    try:
        _wait_for(lambda: len(site.asked) >= before + after or process.poll() is not None, process)
        time.sleep(chance.random() * 0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode in {-signal.SIGKILL, 0}


def _wait_for(is_true: object, process: Popen[str]) -> None:
    deadline = time.monotonic() + 60
    assert callable(is_true)
    while not is_true():
        assert time.monotonic() < deadline, process.args
        time.sleep(0.002)
