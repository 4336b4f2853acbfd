"""Slow servers, signals, locks, kills and full disks."""

import random
import signal
import sqlite3
import time
import tomllib
from collections.abc import Generator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import duckdb
import pytest

from tests.hostile.attacks import article, menu
from tests.hostile.hosts import Host, Speak, Wire, reply, serve
from tests.hostile.processes import (
    ROOT,
    Watched,
    frontier,
    published,
    run,
    start,
    words,
    write_config,
)

TIMEOUT: Final = 30.0  # crawler.settings.DOWNLOAD_TIMEOUT
GRACE: Final = 35.0  # seconds from SIGTERM to the end, as the issue asks
LISTENING: Final = "0A"


@dataclass(slots=True)
class Slow:
    folder: Path
    hosts: dict[str, Host]
    crawl: Watched
    asked_for: float = 0.0  # monotonic time at which all hosts had been asked


def _slow_hosts() -> dict[str, Host]:
    def silent(_: Wire) -> None:
        time.sleep(60)

    def headers(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\n")
        wire.send_for_ever(b"X: y\r\n", pause=0.5)

    def body(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999\r\n\r\n")
        wire.send_for_ever(b"<p>x</p>", pause=0.5)

    none = reply(b"", kind="text/plain")
    return {
        "silent": Host({"/robots.txt": none, "/": silent}),
        "headers": Host({"/robots.txt": none, "/": headers}),
        "body": Host({"/robots.txt": none, "/": body}),
        "robots": Host({"/robots.txt": silent, "/": b"<p>never</p>"}),
    }


@pytest.fixture(scope="module", autouse=True)
def slow(tmp_path_factory: pytest.TempPathFactory) -> Generator[Slow]:
    folder, hosts = tmp_path_factory.mktemp("slow"), _slow_hosts()
    with serve(*hosts.values()):
        write_config(folder, hosts)
        crawl = start(folder, "crawl", "--for", "240s")
        deadline = time.monotonic() + 120
        while not all(_is_waiting(name, host) for name, host in hosts.items()):
            assert time.monotonic() < deadline, crawl.process.poll()
            time.sleep(0.05)
        yield Slow(folder, hosts, crawl, time.monotonic())
        if not crawl.process.stdout.closed:  # type: ignore[union-attr]  # it has pipes
            crawl.process.kill()
            crawl.process.communicate()


def _is_waiting(name: str, host: Host) -> bool:
    return ("/robots.txt" if name == "robots" else "/") in host.asked


def test_s36_no_port_is_listening_while_it_runs(slow: Slow) -> None:
    inodes = {
        str(entry.readlink()).removeprefix("socket:[").removesuffix("]")
        for entry in Path(f"/proc/{slow.crawl.process.pid}/fd").iterdir()
        if str(entry.readlink()).startswith("socket:")
    }
    assert inodes
    listening = [
        line
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text(encoding="ascii").splitlines()[1:]
        if line.split()[3] == LISTENING and line.split()[9] in inodes
    ]
    assert listening == []


def test_s33_a_second_run_is_turned_away(slow: Slow) -> None:
    assert run(slow.folder, "run").process.returncode == 75


def test_s07_sigterm_during_slow_downloads_ends_in_time_and_resumes(slow: Slow) -> None:
    slow.crawl.process.send_signal(signal.SIGTERM)
    told = time.monotonic()
    code = slow.crawl.wait()
    print(f"\nfour slow hosts: ended {time.monotonic() - told:.1f} s after SIGTERM,"
          f" peak {slow.crawl.peak_mb:.0f} MB")  # fmt: skip
    assert time.monotonic() - told <= GRACE
    assert code == 143, slow.crawl.errors
    for name in ("silent", "headers", "body"):
        assert words(slow.folder, name)["/"] == (None, "error", "timeout")
    assert "/" not in slow.hosts["robots"].asked
    assert frontier(slow.folder, "SELECT count(*) FROM url WHERE state = 'leased'") == [(0,)]
    for host in slow.hosts.values():
        host.paths = {"/": menu(("/one.html", "一篇关于借款合同的文章"))}
    assert run(slow.folder, "crawl", "--for", "20s").process.returncode == 0
    assert words(slow.folder, "body")["/"][0] == 200


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_told_to_end_says_by_which_signal(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    host = site_of(3)
    with serve(host):
        write_config(tmp_path, {"site": host}, delay=5)
        watched = start(tmp_path, "run", "--for", "200s")
        until = time.monotonic() + 120
        while "/" not in host.asked:
            assert time.monotonic() < until
            time.sleep(0.05)
        watched.process.send_signal(number)
        assert watched.wait() == code, watched.errors
        assert "Traceback" not in watched.errors
        # SIGINT is somebody's at a terminal: what was fetched is shown.  After SIGTERM no time is.
        assert (tmp_path / "public").exists() is (number is signal.SIGINT)
        write_config(tmp_path, {"site": host}, delay=0)
        assert run(tmp_path, "run", "--for", "30s").process.returncode == 0
    assert published(tmp_path, "SELECT count(*) FROM articles") == [(3,)]


def test_s35_versions_with_known_holes_are_excluded() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = tomllib.loads(text)["project"]["dependencies"]
    assert "scrapy>=2.19,<3" in wanted
    assert tuple(map(int, version("scrapy").split(".")[:3])) >= (2, 14, 2)
    assert tuple(map(int, version("brotli").split(".")[:2])) >= (1, 2)


def site_of(articles: int) -> Host:
    paths: dict[str, Speak | bytes] = {
        f"/{n}.html": article(f"第{n}篇关于借款合同的文章", n) for n in range(articles)
    }
    paths["/"] = menu(*((f"/{n}.html", f"第{n}篇关于借款合同的文章") for n in range(articles)))
    return Host(paths)


def test_s30_s31_killed_at_random_nothing_is_lost_and_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(30)  # noqa: S311 - not a secret
    host = site_of(30)
    with serve(host):
        write_config(tmp_path, {"site": host})
        for _ in range(3):
            watched = start(tmp_path, "run", "--for", "20s")
            time.sleep(1.5 + 2.5 * chance.random())
            watched.process.kill()
            watched.process.communicate()
        done = run(tmp_path, "run", "--for", "30s")
    assert done.process.returncode == 0, done.output + done.errors
    rows = published(tmp_path, "SELECT count(*), count(DISTINCT url) FROM articles")
    assert rows == [(30, 30)]
    assert max(host.asked.count(f"/{n}.html") for n in range(30)) <= 4


def test_s32_a_full_disk_has_its_exit_code_and_the_next_run_mends_it(tmp_path: Path) -> None:
    host = site_of(12)
    with serve(host):
        write_config(tmp_path, {"site": host})
        full = run(tmp_path, "12000", "run", "--for", "20s", module="tests.hostile.full_disk")
        assert full.process.returncode == 74, full.errors
        assert "Traceback" not in full.errors
        done = run(tmp_path, "run", "--for", "30s")
    assert done.process.returncode == 0, done.output + done.errors
    assert published(tmp_path, "SELECT count(*) FROM articles") == [(12,)]


def test_a_frontier_that_another_program_holds_is_said_so(tmp_path: Path) -> None:
    host = site_of(2)
    with serve(host):
        write_config(tmp_path, {"site": host})
        assert run(tmp_path, "crawl", "--for", "10s").process.returncode == 0
        holder = sqlite3.connect(tmp_path / "data" / "frontier.sqlite", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            watched = start(tmp_path, "crawl", "--for", "10s")
            code = watched.wait()
        finally:
            holder.execute("ROLLBACK")
            holder.close()
        assert code == 75, watched.errors
        assert "Traceback" not in watched.errors
        assert "frontier.sqlite: database is locked by another program" in watched.errors
        assert run(tmp_path, "crawl", "--for", "10s").process.returncode == 0


def test_a_page_of_fifty_megabytes_costs_its_own_row_and_no_more(tmp_path: Path) -> None:
    page = article("一篇太长的文章", 1).replace(b"</body>", b"<p>x</p>" * (50 << 17) + b"</body>")
    assert len(page) > 50 << 20
    first = menu(("/huge.html", "一篇太长的文章"), ("/0.html", "一篇关于借款合同的文章"))
    host = Host({**site_of(2).paths, "/": first, "/huge.html": page})
    with serve(host):
        write_config(tmp_path, {"site": host})
        done = run(tmp_path, "run", "--for", "60s")
    print(f"\na page of 50 MB: peak {done.peak_mb:.0f} MB")
    assert "Traceback" not in done.errors
    assert words(tmp_path, "site")["/huge.html"][2] == "too_large"
    assert published(tmp_path, "SELECT count(*) FROM articles") == [(1,)]
    assert done.peak_mb < 400


def test_what_is_open_elsewhere_is_read_on_while_a_run_publishes(tmp_path: Path) -> None:
    host = site_of(2)
    with serve(host):
        write_config(tmp_path, {"site": host})
        assert run(tmp_path, "run", "--for", "60s").process.returncode == 0
        with duckdb.connect(str(tmp_path / "public" / "fatiao.duckdb"), read_only=True) as reader:
            host.paths = site_of(3).paths
            with sqlite3.connect(tmp_path / "data" / "frontier.sqlite") as clock:
                clock.execute("UPDATE url SET due_at = 0")
            clock.close()
            again = run(tmp_path, "run", "--for", "60s")
            assert again.process.returncode == 0, again.errors
            assert reader.execute("SELECT count(*) FROM articles").fetchall() == [(2,)]
    assert published(tmp_path, "SELECT count(*) FROM articles") == [(3,)]


def test_an_archive_whose_tail_is_torn_is_cut_and_goes_on(tmp_path: Path) -> None:
    host = site_of(2)
    with serve(host):
        write_config(tmp_path, {"site": host})
        assert run(tmp_path, "crawl", "--for", "60s").process.returncode == 0
        (segment,) = (tmp_path / "data" / "archive").glob("*.warc.gz")
        whole = segment.read_bytes()
        segment.write_bytes(whole + whole[: len(whole) // 3])  # written, never committed
        assert run(tmp_path, "crawl", "--for", "60s").process.returncode == 0
        assert segment.read_bytes().startswith(whole)
        ((promised,),) = frontier(tmp_path, "SELECT committed_length FROM segment")
        assert segment.stat().st_size == promised
        segment.write_bytes(whole[:-100])  # lost from outside: not to be mended in silence
        lost = run(tmp_path, "crawl", "--for", "60s")
    assert lost.process.returncode == 65
    assert segment.name in lost.errors
