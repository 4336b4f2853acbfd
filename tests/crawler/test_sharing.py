"""Several crawlers on one Postgres: nothing lost, nothing twice, one request a host at a time."""

import json
import signal
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from crawler.archive_writer import ArchiveWriter
from tests.crawler.machines import (
    ARTICLES,
    MACHINES,
    asked_by,
    check_archived,
    end,
    fetches_of,
    following,
    sites,
    wait_for,
)
from tests.crawler.share_once import TERMS, start_worker, write_worker
from tests.crawler.site import blog
from tests.postgres import PASSWORD, Cluster

SITES = 6


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
