"""robots.txt is asked for before the first page of an origin, and every request held to it.

Fetched once a day and kept across runs in the frontier.
"""

import logging
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.frontier.hosts import ROBOTS_KEPT, Robots
from crawler.frontier.queue import Task
from crawler.frontier.scrapy_scheduler import prepare_slot
from crawler.guard import ALLOW_PRIVATE, NotSentError
from crawler.robots import MAX_BYTES, Decision, Rules, rules_of

logger = logging.getLogger(__name__)

MAX_REDIRECTS: Final = 5  # RFC 9309 §2.3.1.2
MAX_UNPACKED: Final = 32 << 20  # bytes, of a robots.txt that was sent packed all the same
IS_ROBOTS: Final = "is_robots"  # key of Request.meta
DECISION: Final = "robots_decision"  # key of Request.meta: crawler.robots.Decision
_RECEIVED: Final = "robots_received"  # bytes so far


class ForbiddenError(IgnoreRequest):
    """robots.txt forbids the URL."""


class RobotsUnreachableError(IgnoreRequest):
    """robots.txt could not be had, so nothing may be fetched now; `__cause__` says why."""


class RobotsMiddleware:
    """Asks for robots.txt before the first page of an origin, and holds every request to it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, tuple[Rules, Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Make one; called by Scrapy."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware._cut_short, signals.bytes_received)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Let `request` pass, if robots.txt does.

        Raises:
            ForbiddenError: it does not.
            RobotsUnreachableError: whether it does could not be found out.
        """
        if request.meta.get(IS_ROBOTS):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules, kept = await self._rules_of(origin, request)
        rule = rules.rule_for(request.url)
        request.meta[DECISION] = Decision(rule, kept.fetched_at)
        if rule is not None and rule.startswith("disallow"):
            raise ForbiddenError(f"robots.txt forbids {request.url}")

    def _cut_short(self, data: bytes, request: Request) -> None:
        """End the download of a robots.txt of which enough has come to go by."""
        if IS_ROBOTS in request.meta:
            request.meta[_RECEIVED] = request.meta.get(_RECEIVED, 0) + len(data)
            if request.meta[_RECEIVED] > MAX_BYTES:
                raise StopDownload(fail=False)

    async def _rules_of(self, origin: str, request: Request) -> tuple[Rules, Robots]:
        session: Any = self._crawler.spider.session  # type: ignore[union-attr]
        known = self._rules.get(origin)
        if known is None or known[1].expires_at <= session.now():
            known = self._rules[origin] = await self._load(origin, request)
        return known

    async def _load(self, origin: str, request: Request) -> tuple[Rules, Robots]:
        session: Any = self._crawler.spider.session  # type: ignore[union-attr]
        kept = session.load_robots(origin)
        if kept is not None:
            return Rules(kept.body), kept
        response = await self._fetch(origin, request)
        text = rules_of(response.status, response.body)
        if text is None:
            raise RobotsUnreachableError(f"{origin}/robots.txt: {response.status}")
        rules = Rules(text)
        now = session.now()
        kept = Robots(
            status=response.status, body=text, fetched_at=now, expires_at=now + ROBOTS_KEPT
        )
        task: Task = request.meta["task"]
        session.save_robots(origin, kept, rules, task)
        # The page itself waits already; from it on, the Crawl-delay holds.
        downloader = self._crawler.engine.downloader
        prepare_slot(downloader, task.host, session.delay_of(task), 0.0)
        return rules, kept

    async def _fetch(self, origin: str, request: Request) -> Response:
        url = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._ask(url, request)
            target = response.headers.get("Location")
            if not 300 <= response.status < 400 or target is None:
                return response
            url = urljoin(url, target.decode("latin-1"))
            if urlsplit(url).scheme not in {"http", "https"}:
                break
        # RFC 9309 §2.3.1.2: after five redirects it counts as unavailable, that is absent.
        return Response(url, status=404)

    async def _ask(self, url: str, request: Request) -> Response:
        robots_request = Request(
            url,
            headers={
                "User-Agent": request.headers.get("User-Agent"),
                "Accept-Encoding": "identity",
            },
            meta={
                "download_maxsize": MAX_UNPACKED,
                IS_ROBOTS: True,
                "download_slot": request.meta["download_slot"],
                ALLOW_PRIVATE: request.meta[ALLOW_PRIVATE],
            },
            callback=NO_CALLBACK,
        )
        session: Any = self._crawler.spider.session  # type: ignore[union-attr]
        session.count_request(request.meta["task"])
        try:
            return await self._crawler.engine.download_async(robots_request)
        except NotSentError:
            raise
        except Exception as error:
            logger.info("%s: %r", url, error)
            raise RobotsUnreachableError(url) from error
