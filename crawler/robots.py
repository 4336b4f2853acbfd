"""robots.txt, as RFC 9309 has it: fetched once a day, kept across runs, obeyed.

2xx: its rules; 4xx: everything is allowed; 5xx, 429 or no answer: nothing is fetched now.  Read
are at most 512 KiB, as UTF-8 or, where that fails, as GB18030 (a GBK `Disallow: /法律` decoded
with loss would forbid the whole site).
"""

import logging
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.frontier.hosts import ROBOTS_KEPT, Robots
from crawler.guard import ALLOW_PRIVATE

logger = logging.getLogger(__name__)

TOKEN: Final = "fatiao"  # noqa: S105 - a product token, the name that robots.txt files use
MAX_BYTES: Final = 512 << 10  # RFC 9309 §2.5 asks for 500 KiB at least; 957 MB at no limit (S18)
MAX_CRAWL_DELAY: Final = 60.0  # seconds; sites that ask for more mean to forbid, but do not
MAX_REDIRECTS: Final = 5  # RFC 9309 §2.3.1.2
_IS_ROBOTS: Final = "is_robots"


class ForbiddenError(IgnoreRequest):
    """robots.txt forbids the URL."""


class RobotsUnreachableError(IgnoreRequest):
    """robots.txt could not be had, so nothing may be fetched now; `__cause__` says why."""


class Rules:
    """What one robots.txt says to us."""

    def __init__(self, text: str) -> None:
        self._parsed = Protego.parse(text)

    def allows(self, url: str) -> bool:
        """Return whether `url` may be fetched."""
        return bool(self._parsed.can_fetch(url, TOKEN))

    @property
    def crawl_delay(self) -> float | None:
        """The seconds asked for between requests, at most `MAX_CRAWL_DELAY`."""
        delay = self._parsed.crawl_delay(TOKEN)
        return None if delay is None else min(float(delay), MAX_CRAWL_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps it names, as written."""
        return tuple(self._parsed.sitemaps)


def decode_robots(body: bytes) -> str:
    """Return the text of a robots.txt, cut at `MAX_BYTES` after its last whole line."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")


def rules_of(status: int, body: bytes) -> str | None:
    """Return the rules that an answer means, as text; None: nothing may be fetched now."""
    if 200 <= status < 300:
        return decode_robots(body)
    if 400 <= status < 500 and status != 429:
        return ""
    return None


class RobotsMiddleware:
    """Asks for robots.txt before the first page of an origin, and holds every request to it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, Rules] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Make one; called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let `request` pass, if robots.txt does.

        Raises:
            ForbiddenError: it does not.
            RobotsUnreachableError: whether it does could not be found out.
        """
        if request.meta.get(_IS_ROBOTS):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = await self._load(origin, request)
        if not self._rules[origin].allows(request.url):
            raise ForbiddenError(f"robots.txt forbids {request.url}")

    async def _load(self, origin: str, request: Request) -> Rules:
        session: Any = self._crawler.spider.session  # type: ignore[union-attr]
        kept = session.load_robots(origin)
        if kept is not None:
            return Rules(kept.body)
        response = await self._fetch(origin, request)
        text = rules_of(response.status, response.body)
        if text is None:
            raise RobotsUnreachableError(f"{origin}/robots.txt: {response.status}")
        rules = Rules(text)
        now = session.now()
        kept = Robots(
            status=response.status, body=text, fetched_at=now, expires_at=now + ROBOTS_KEPT
        )
        session.save_robots(origin, kept, rules, request.meta["task"])
        return rules

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
            headers={"User-Agent": request.headers.get("User-Agent")},
            meta={
                _IS_ROBOTS: True,
                "download_slot": request.meta["download_slot"],
                ALLOW_PRIVATE: request.meta[ALLOW_PRIVATE],
            },
            callback=NO_CALLBACK,
        )
        session: Any = self._crawler.spider.session  # type: ignore[union-attr]
        session.count_request(request.meta["task"])
        try:
            return await self._crawler.engine.download_async(robots_request)
        except Exception as error:
            logger.info("%s: %r", url, error)
            raise RobotsUnreachableError(url) from error
