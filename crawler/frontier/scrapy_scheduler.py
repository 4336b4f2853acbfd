"""The frontier as Scrapy's scheduler.

Scrapy asks for the next request whenever one has ended; the frontier leases it.  A host's delay
lives in the downloader's slot: a scheduler that answered "not yet" would be asked again only after
five seconds.
"""

from math import inf
from time import monotonic
from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from crawler.frontier.queue import Task


class FrontierScheduler(BaseScheduler):
    """Hands out what the spider's session leases; keeps nothing itself."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._spider: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FrontierScheduler":
        """Make one; called by Scrapy."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Take the spider whose session is asked."""
        self._spider = spider

    def has_pending_requests(self) -> bool:
        """Return whether the crawl has more to do, now or soon."""
        return bool(self._spider.session.has_more())

    def enqueue_request(self, request: Request) -> bool:
        """Refuse: everything that is to be fetched comes from the frontier."""
        self._spider.logger.error("refused a request that is not the frontier's: %s", request)
        return False

    def next_request(self) -> Request | None:
        """Return the next request, with its lease, or None."""
        task: Task | None = self._spider.session.next_task()
        if task is None:
            return None
        session = self._spider.session
        assert self._crawler.engine is not None  # noqa: S101 - it is what calls us
        prepare_slot(
            self._crawler.engine.downloader,
            task.host,
            session.delay_of(task),
            session.seconds_since_request(task),
            session.claims.asked_elsewhere(task.host),
        )
        request: Request = self._spider.request_for(task)
        return request


def prepare_slot(
    downloader: Downloader, host: str, delay: float, seconds_since: float, elsewhere: float = inf
) -> None:
    """Give `host` a slot of one request at a time, `delay` seconds apart, also across runs.

    `elsewhere` is how many seconds ago another crawler may have asked it.
    """
    slot = downloader.slots.get(host)
    if slot is None:
        slot = Slot(1, delay, 0.0)
        slot.lastseen = monotonic() - min(seconds_since, delay + 1.0)
        downloader.slots[host] = slot
    slot.lastseen = max(slot.lastseen, monotonic() - elsewhere)
    slot.delay = delay
