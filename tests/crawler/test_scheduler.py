from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.core.downloader import Slot

from crawler import settings
from crawler.frontier.scrapy_scheduler import prepare_slot


def downloader() -> Any:
    return SimpleNamespace(slots={})


def test_a_host_asked_just_before_the_run_is_left_its_delay() -> None:
    scrapys = downloader()
    prepare_slot(scrapys, "site.cn", delay=3.0, seconds_since=1.0)
    slot: Slot = scrapys.slots["site.cn"]
    assert (slot.concurrency, slot.delay, slot.jitter) == (1, 3.0, 0.0)
    before = slot.lastseen
    prepare_slot(scrapys, "site.cn", delay=10.0, seconds_since=0.0)
    assert scrapys.slots["site.cn"] is slot
    assert (slot.delay, slot.lastseen) == (10.0, before), (
        "a Crawl-delay found later holds from now on"
    )


def test_a_host_asked_long_ago_is_asked_at_once() -> None:
    scrapys = downloader()
    prepare_slot(scrapys, "site.cn", delay=3.0, seconds_since=float("inf"))
    prepare_slot(scrapys, "other.cn", delay=3.0, seconds_since=0.0)
    assert scrapys.slots["other.cn"].lastseen - scrapys.slots["site.cn"].lastseen >= 3.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DOWNLOAD_MAXSIZE", 8 << 20),
        ("DOWNLOAD_TIMEOUT", 30),
        ("COOKIES_ENABLED", False),
        ("ROBOTSTXT_OBEY", True),
        ("TELNETCONSOLE_ENABLED", False),
        ("REMOTE_CONTROL_ENABLED", False),
        ("HTTPPROXY_ENABLED", False),
        ("DOWNLOAD_DELAY_JITTER", 0),
    ],
)
def test_the_hard_settings_are_set(name: str, value: object) -> None:
    assert settings.as_dict()[name] == value


def test_only_http_and_https_have_a_handler() -> None:
    handlers = settings.as_dict()["DOWNLOAD_HANDLERS"]
    kept = {scheme for scheme, handler in handlers.items() if handler}
    assert kept == {"http", "https"}
    assert {"file", "data", "ftp", "s3"} <= set(handlers)
