"""What is remembered from run to run, and what a clock that jumps does to it."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

import pytest

from tests.hostile.attacks import article, menu
from tests.hostile.hosts import Host, Speak, reply, serve
from tests.hostile.processes import frontier, run, write_config

NOW: Final = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY: Final = timedelta(days=1)


def crawl_at(folder: Path, when: datetime) -> Any:
    done = run(folder, str(folder), when.isoformat(), module="tests.hostile.timed_crawl")
    assert done.process.returncode == 0, done.errors
    return json.loads(done.output)


def small_site(**more: Speak | bytes) -> Host:
    paths: dict[str, Speak | bytes] = {
        "/": menu(
            ("/one.html", "一篇关于借款合同的文章"), ("/two.html", "另一篇关于借款合同的文章")
        ),
        "/one.html": article("一篇关于借款合同的文章", 1),
        "/two.html": article("另一篇关于借款合同的文章", 2),
    }
    return Host(paths | {"/" + name.replace("_", "."): speak for name, speak in more.items()})


@pytest.mark.parametrize("status", ["429 Slow down", "503 Busy"])
@pytest.mark.parametrize(
    ("wish", "hours"),
    [
        ("7200", 2.0),
        (format_datetime(NOW + timedelta(hours=3), usegmt=True), 3.0),
        (format_datetime(NOW + 400 * DAY, usegmt=True), 24.0),
        ("99999999999", 24.0),
    ],
    ids=["seconds", "date", "next-year", "for-ever"],
)
def test_retry_after_is_kept_across_runs_and_capped(
    tmp_path: Path, status: str, wish: str, hours: float
) -> None:
    if "503" in status and hours == 24.0:
        pytest.skip("the same arithmetic; 429 has tried it")
    busy = reply(b"later", status=status, headers={"Retry-After": wish})
    host = Host({"/": busy})
    with serve(host):
        write_config(tmp_path, {"site": host})
        crawl_at(tmp_path, NOW)
        asked = len(host.asked)
        (retry_at,) = frontier(tmp_path, "SELECT retry_at FROM host")[0]
        assert retry_at - NOW.timestamp() == pytest.approx(hours * 3600, abs=60)
        crawl_at(tmp_path, NOW + timedelta(hours=hours, minutes=-10))
        assert len(host.asked) == asked
        crawl_at(tmp_path, NOW + timedelta(hours=hours, minutes=10))
    assert host.asked.count("/") == 2


def test_s17_robots_txt_is_kept_for_a_day_across_runs(tmp_path: Path) -> None:
    host = small_site(robots_txt=reply(b"User-agent: *\nDisallow: /two", kind="text/plain"))
    with serve(host):
        write_config(tmp_path, {"site": host})
        crawl_at(tmp_path, NOW)
        crawl_at(tmp_path, NOW + 0.9 * DAY)
        assert host.asked.count("/") == 2
        assert host.asked.count("/robots.txt") == 1
        crawl_at(tmp_path, NOW + 2.5 * DAY)
    assert host.asked.count("/robots.txt") == 2
    assert "/two.html" not in host.asked


def test_s34_a_clock_that_jumps_stops_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    host = small_site()
    with serve(host):
        write_config(tmp_path, {"site": host})
        crawl_at(tmp_path, NOW)
        assert host.asked.count("/one.html") == 1
        crawl_at(tmp_path, NOW - DAY)
        back = list(host.asked)
        assert back.count("/one.html") == 1
        # A year ahead, everything is due once; back again, a year must not pass before it is due.
        crawl_at(tmp_path, NOW + 365 * DAY)
        ahead = list(host.asked)
        assert ahead.count("/one.html") <= 2
        report = crawl_at(tmp_path, NOW + timedelta(hours=1))
        assert report["sources"][0]["next_due"] <= (NOW + 8 * DAY).isoformat(sep=" ")
        crawl_at(tmp_path, NOW + 8 * DAY)
    assert host.asked.count("/") > ahead.count("/")
    latest = frontier(tmp_path, "SELECT count(*) FROM fetch WHERE kind = 'article'")
    assert latest[0][0] == 2


def test_s34_a_servers_date_of_2038_is_not_believed(tmp_path: Path) -> None:
    page = article("一篇关于借款合同的文章", 1)
    future = {"Date": "Tue, 19 Jan 2038 03:14:07 GMT", "Last-Modified": "nonsense, verbatim"}
    host = Host({"/": reply(page, headers=future)})
    with serve(host):
        write_config(tmp_path, {"site": host})
        crawl_at(tmp_path, NOW)
        (fetched,) = frontier(
            tmp_path, "SELECT max(fetch.fetched_at) FROM fetch WHERE kind = 'article'"
        )[0]
        assert fetched == pytest.approx(NOW.timestamp(), abs=60)
        crawl_at(tmp_path, NOW + 40 * DAY)
    assert any("If-Modified-Since: nonsense, verbatim" in one for one in host.requests)
