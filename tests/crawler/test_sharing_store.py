"""Several crawlers, one archive: in a folder that all have, and in an S3 on loopback."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive import read_page
from crawler.bucket import Bucket
from crawler.frontier.store import open_frontier_readonly
from tests.crawler.machines import (
    ARTICLES,
    MACHINES,
    asked_by,
    end,
    fetches_of,
    sites,
    wait_for,
)
from tests.crawler.share_once import TERMS, start_worker, write_worker
from tests.crawler.site import blog
from tests.object_store import object_store
from tests.postgres import Cluster


def test_one_store_has_the_pages_of_all(postgres: Cluster, tmp_path: Path) -> None:
    share_a_store(postgres, tmp_path, f"file://{tmp_path / 'store'}")


def test_one_store_may_be_s3(
    postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with object_store(monkeypatch):
        share_a_store(postgres, tmp_path, "s3://law/archive")


@pytest.mark.parametrize("ahead", [-3600.0, 3600.0])
def test_clocks_that_differ_by_an_hour_change_no_delay_and_lose_nothing(
    postgres: Cluster, tmp_path: Path, ahead: float
) -> None:
    dsn = postgres.new_database()
    with sites(2, seconds=0.0) as served:
        starts = [f"{site.url}/" for site in served]
        folders = [write_worker(tmp_path / name, dsn, starts, delay=0.8) for name in MACHINES[:2]]
        processes = [start_worker(folders[0], ahead=ahead), start_worker(folders[1])]
        try:
            wait_for(lambda: len(served[0].asked) + len(served[1].asked) >= 12, processes)
            processes[0].kill()  # what it held goes to the other, whose clock is right
            _, errors = processes[1].communicate(timeout=120)
        finally:
            end(processes)
    assert processes[1].returncode == 0, errors
    kept = [one for one in fetches_of(dsn) if one.location]
    assert {one.url for one in kept} == {
        site.url + path for site in served for path in blog(ARTICLES)
    }
    for site in served:
        gaps = [after - before for (before, _), (after, _) in pairwise(site.asked)]
        assert min(gaps) > 0.7, "the clock of the test sees requests a little later than made"
        assert site.most == 1


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
