"""The whole story of one URL, as the frontier has it: for `fatiao why`.

Reading only; nothing here changes when or whether the URL is fetched.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from crawler.archive import Location
from crawler.frontier.schema import read_sql
from crawler.frontier.store import Frontier, as_time
from crawler.robots import Rules

MAX_CHAIN: Final = 30  # pages shown between a URL and its start; deeper ones are traps


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A page on the way from the start URL to the one in question."""

    url: str
    kind: str | None  # of its last good response
    link_text: str | None  # of the link that led to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request for the URL."""

    fetch_id: int
    run_id: int
    at: datetime
    status: int | None  # None: no response
    kind: str
    error: str | None  # one word
    bytes: int | None
    leads_to: str | None  # of a redirect
    location: Location | None
    digest: str | None
    robots_at: datetime | None  # of the robots.txt it was held to; None: not written down
    robots_rule: str | None  # that decided; None: none did


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeFacts:
    """What the pages made like this one have been; counts of pages."""

    shape: str
    known: int
    fetched: int
    articles: int
    yielding: int  # led to new articles
    standing: str  # crawler.frontier.worth.ShapeClass


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """How the URL's host stands to us."""

    host: str
    left_alone_until: datetime | None
    reason: str | None
    strikes: int  # refusals or broken connections in a row
    crawl_delay: float | None  # seconds, as its robots.txt asks
    robots_at: datetime | None  # when its robots.txt was fetched; None: not yet
    robots_status: int | None
    is_allowed: bool | None  # by that robots.txt; None: not known


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything about one URL of one source."""

    source: str
    url: str
    role: str  # page, start, feed, sitemap
    state: str  # queued, leased, waiting, parked, excluded, forgotten
    kind: str | None
    due_at: datetime
    reason: str  # why then
    depth: int  # links followed from the start
    found_at: datetime
    link_text: str | None
    published_at: datetime | None
    alias_of: str | None  # where it redirects, or the URL that has the same text
    aliases: tuple[str, ...]  # URLs for which this one stands
    attempts: int  # failures since the last good response
    last_error: str | None
    gone_at: datetime | None
    articles_found: int  # on this page, first
    chain: tuple[Step, ...]  # from the start URL to the page that linked here
    fetches: tuple[Attempt, ...]  # oldest first
    shape: ShapeFacts
    host: HostFacts


def read_history(frontier: Frontier, url: str) -> list[History]:
    """Return the story of the canonical `url`, once for each source that knows it."""
    parts = urlsplit(url)
    values = {"url": url, "origin": f"{parts.scheme}://{parts.netloc}"}
    return [_history(frontier, row) for row in frontier.rows(read_sql("history.sql"), values)]


def _history(frontier: Frontier, row: Any) -> History:
    url_id = row["url_id"]
    return History(
        source=row["source"],
        url=row["url"],
        role=row["role"],
        state=row["state"],
        kind=row["kind"],
        due_at=as_time(row["due_at"]),
        reason=row["reason"],
        depth=row["depth"],
        found_at=as_time(row["found_at"]),
        link_text=row["link_text"],
        published_at=_time(row["published_at"]),
        alias_of=row["alias_of"],
        aliases=tuple(one["url"] for one in frontier.rows(_ALIASES, (url_id,))),
        attempts=row["attempts"],
        last_error=row["last_error"],
        gone_at=_time(row["gone_at"]),
        articles_found=row["yielded"],
        chain=_chain(frontier, row["found_on"]),
        fetches=tuple(_attempt(one, row["url"]) for one in frontier.rows(_FETCHES, (url_id,))),
        shape=_shape(row),
        host=_host(row),
    )


def _chain(frontier: Frontier, found_on: int | None) -> tuple[Step, ...]:
    rows = frontier.rows(_CHAIN, {"found_on": found_on, "most": MAX_CHAIN})
    return tuple(Step(url=one["url"], kind=one["kind"], link_text=one["link_text"]) for one in rows)


def _attempt(row: Any, url: str) -> Attempt:
    place = None
    if row["file"] is not None:
        place = Location(row["file"], row["offset"], row["length"])
    return Attempt(
        fetch_id=row["fetch_id"],
        run_id=row["run_id"],
        at=as_time(row["fetched_at"]),
        status=row["status"],
        kind=row["kind"],
        error=row["error"],
        bytes=row["bytes"],
        leads_to=None if row["final_url"] == url else row["final_url"],
        location=place,
        digest=row["digest"],
        robots_at=_time(row.get("robots_at")),
        robots_rule=row.get("robots_rule"),
    )


def _shape(row: Any) -> ShapeFacts:
    return ShapeFacts(
        shape=row["shape"],
        known=row["shape_known"] or 0,
        fetched=row["shape_fetched"] or 0,
        articles=row["shape_articles"] or 0,
        yielding=row["shape_yielding"] or 0,
        standing=row["shape_class"] or "untried",
    )


def _host(row: Any) -> HostFacts:
    body = row["robots_body"]
    return HostFacts(
        host=row["host"],
        left_alone_until=_time(row["retry_at"] or None),
        reason=row["host_reason"],
        strikes=row["strikes"] or 0,
        crawl_delay=row["crawl_delay"],
        robots_at=_time(row["robots_at"]),
        robots_status=row["robots_status"],
        is_allowed=None if body is None else Rules(body).allows(row["url"]),
    )


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else as_time(seconds)


_ALIASES: Final = "SELECT url FROM url WHERE alias_of = ? ORDER BY url_id LIMIT 20"

_FETCHES: Final = "SELECT * FROM fetch WHERE url_id = ? ORDER BY fetch_id"

_CHAIN: Final = """
    WITH RECURSIVE chain (url_id, url, kind, link_text, found_on, far) AS (
        SELECT url_id, url, kind, link_text, found_on, 1 FROM url WHERE url_id = :found_on
        UNION ALL
        SELECT url.url_id, url.url, url.kind, url.link_text, url.found_on, far + 1
        FROM url JOIN chain ON url.url_id = chain.found_on
        WHERE far < :most
    )
    SELECT url, kind, link_text FROM chain ORDER BY far DESC
"""
