"""What a visit makes of its URL: state, next due time and reason.  Pure.

>>> from datetime import UTC, datetime
>>> gone = Visit(kind="error", fetched_at=datetime.now(UTC), status=404, error="http_404")
>>> settle(gone, Before(), News(), now=0.0).reason
'gone'
"""

from dataclasses import dataclass
from typing import Final

from crawler.frontier.schedule import (
    LISTING_FIRST,
    LISTING_LONGEST,
    MAX_RETRIES,
    OTHER_INTERVAL,
    RETRY_LATER,
    Due,
    Rank,
    article_due,
    jitter_of,
    listing_due,
    retry_due,
)
from crawler.frontier.shapes import Evidence
from crawler.visit import Trouble, Visit

LISTS: Final = frozenset({"listing", "feed", "sitemap"})
# Troubles of the connection, which may pass at once; the others are answers.
BROKEN: Final = frozenset({Trouble.TIMEOUT, Trouble.DNS, Trouble.REFUSED, Trouble.CONNECTION})
REFUSALS: Final = frozenset({"http_429", "http_503"})
BLOCKS: Final = frozenset({Trouble.BLOCKED, "http_401", "http_403", "http_451"})
GONE: Final = frozenset({"http_404", "http_410", Trouble.LEADS_HOME})


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a page's links brought."""

    new: int = 0  # URLs not known before
    new_articles: int = 0  # of them, those that look like articles
    fresh: int = 0  # article links that no earlier page of its shape showed, known or not
    is_under_way: bool = False  # its shape brought new articles, or it is on the way from the start


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was known of the URL when it was leased."""

    url: str = ""
    role: str = "page"
    rank: Rank = Rank.UNTRIED
    kind: str | None = None
    attempts: int = 0
    interval: float | None = None
    published_at: float | None = None
    is_new: bool = True  # no response yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What to write into the URL's row."""

    kind: str | None
    rank: Rank
    seconds: float  # until it is due again
    reason: str
    interval: float | None
    attempts: int
    is_gone: bool
    evidence: Evidence | None  # of a first visit, about its shape


def is_broken(error: str | None) -> bool:
    """Return whether the request failed in a way that a second one may mend."""
    if error is None:
        return False
    return error in BROKEN or (error.startswith("http_5") and error not in REFUSALS)


def settle(visit: Visit, before: Before, news: News, *, now: float) -> Settled:
    """Return what becomes of a URL by `visit`."""
    if visit.kind == "not_modified":
        return _unchanged(before, now)
    if visit.error is not None and visit.error != Trouble.NO_ENTRIES:
        return _troubled(visit.error, before)
    if visit.kind == "redirect":
        return _done(before, "redirect", OTHER_INTERVAL, "leads elsewhere", Evidence.BARREN)
    if visit.kind == "article":
        return _article(before, Evidence.ARTICLE, now)
    if visit.kind in LISTS:
        return _listing(visit.kind, before, news)
    return _done(before, visit.kind, OTHER_INTERVAL, f"{visit.kind}: no page", Evidence.BARREN)


def _unchanged(before: Before, now: float) -> Settled:
    if before.kind in LISTS:
        due = listing_due(before.interval, news=0, jitter=jitter_of(before.url))
        return _settled(before, before.kind, Rank.LISTING_DUE, due, None)
    return _article(before, None, now)


def _article(before: Before, evidence: Evidence | None, now: float) -> Settled:
    age = None if before.published_at is None else max(now - before.published_at, 0.0)
    due = article_due(age=age, unchanged_for=0.0, jitter=jitter_of(before.url))
    return _settled(before, "article", Rank.REVISIT, due, evidence)


def _listing(kind: str, before: Before, news: News) -> Settled:
    if news.new_articles:
        evidence = Evidence.YIELD
    else:
        is_walk = news.is_under_way and news.fresh > 0
        evidence = Evidence.NEUTRAL if is_walk else Evidence.BARREN
    interval = before.interval
    if interval is None:
        is_deep = before.rank is Rank.PAGER or not news.new_articles
        is_entrance = before.role != "page"
        interval = LISTING_LONGEST if is_deep and not is_entrance else LISTING_FIRST
    due = listing_due(interval, news=news.new, jitter=jitter_of(before.url))
    return _settled(before, kind, Rank.LISTING_DUE, due, evidence)


def _troubled(error: str, before: Before) -> Settled:
    attempts = before.attempts + 1
    if is_broken(error):
        due = retry_due(attempts, error)
        evidence = Evidence.BARREN if attempts > MAX_RETRIES else None
    elif error in REFUSALS or error == Trouble.ROBOTS_UNREACHABLE:
        # The host waits (crawler.frontier.hosts); the URL itself did nothing wrong.
        due, evidence, attempts = Due(seconds=0.0, reason=error), None, before.attempts
    elif error == Trouble.BLOCKED:
        due, evidence = retry_due(attempts + MAX_RETRIES, error), None
    else:
        # A start URL that leads nowhere is mended by its owner, who wants to see it work.
        seconds = RETRY_LATER if before.role == "start" else OTHER_INTERVAL
        reason = "gone" if error in GONE else error
        due, evidence = Due(seconds=seconds, reason=reason), Evidence.BARREN
    return Settled(
        kind=before.kind,
        rank=before.rank,
        seconds=due.seconds,
        reason=due.reason,
        interval=before.interval,
        attempts=attempts,
        is_gone=error in GONE,
        evidence=evidence if before.is_new else None,
    )


def _done(before: Before, kind: str, seconds: float, reason: str, evidence: Evidence) -> Settled:
    due = Due(seconds=seconds, reason=reason)
    return _settled(before, kind, Rank.REVISIT, due, evidence)


def _settled(
    before: Before, kind: str | None, rank: Rank, due: Due, evidence: Evidence | None
) -> Settled:
    return Settled(
        kind=kind,
        rank=rank,
        seconds=due.seconds,
        reason=due.reason,
        interval=due.seconds,
        attempts=0,
        is_gone=False,
        evidence=evidence if before.is_new else None,
    )
