"""When a URL is due, in what order, and why: the rules, as pure functions.

Nothing here knows the clock, the database or Scrapy.  Every answer about time is a `Due`: how many
seconds from now, and the reason in words, which the frontier keeps beside it.

>>> article_due(age=8 * DAY, unchanged_for=0, jitter=0.5).seconds == 2 * DAY
True
"""

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import IntEnum
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from crawler.frontier.worth import ShapeClass

MINUTE: Final = 60.0
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

# Listings: the intervals of news-crawl and rss-fetcher (research/crawl.md §2a.4).
LISTING_SHORTEST: Final = 30 * MINUTE
LISTING_LONGEST: Final = 7 * DAY
LISTING_FIRST: Final = 6 * HOUR
LISTING_SPREAD: Final = 0.4  # of a wait of days: seven become four to seven
NEWS_FACTOR: Final = 0.8
NO_NEWS_FACTOR: Final = 1.5
# Articles: DESIGN.md "Crawl".
ARTICLE_SHORTEST: Final = DAY
ARTICLE_LONGEST: Final = 180 * DAY
ARTICLE_UNKNOWN_AGE: Final = 28 * DAY  # no date known yet: look again after a week
JITTER: Final = 0.2
OTHER_INTERVAL: Final = 30 * DAY  # not HTML, an alias, gone
PUT_OFF_FOR: Final = DAY
PUT_OFF_SPREAD: Final = 6 * DAY
PARKED_FOR: Final = 7 * DAY
PARKED_SPREAD: Final = 23 * DAY  # so that a parked shape is not due all at once

STRIKES: Final = 3  # broken connections or block pages in a row before a host is left alone
MAX_RETRIES: Final = 2  # of one URL in a row, after a broken connection
RETRY_FIRST: Final = 1.0  # seconds; then 4
RETRY_LATER: Final = HOUR
WAIT_LONGEST: Final = DAY  # also the most a Retry-After may ask for
WAIT_FIRST: Final = MINUTE  # 429 or 503 without Retry-After
WAIT_LEAST: Final = 5.0  # seconds, doubled each time: the least, whatever Retry-After says
BLOCKED_FIRST: Final = HOUR
UNREACHABLE_FIRST: Final = 15 * MINUTE

BACKLOG: Final = 50  # known articles waiting before the walk through the listings pauses
TITLE_WEIGHT: Final = 7.0  # characters, Latin letters half; tags and categories are shorter
MAX_DEPTH: Final = 25
MAX_HOPS: Final = 5  # redirects, as RFC 9309 asks for robots.txt and browsers allow 20
MAX_SEGMENTS: Final = 12
MAX_PARAMETERS: Final = 8  # a page is chosen by one to four; more are filters that combine
MAX_SEGMENT_REPEATS: Final = 3

PUT_OFF: Final = "put off: what the lists showed lately was all known"
_WAITS: Final = {
    "blocked": BLOCKED_FIRST,
    "unreachable": UNREACHABLE_FIRST,
    "robots_unreachable": UNREACHABLE_FIRST,
}
_PAGER_WORDS: Final = re.compile(
    r"""
    \W*(?: 下一?[页頁] | 后一?[页頁] | [末尾][页頁] | 更多文章
        | next(?:\ page)? | older(?:\ posts)? )\W*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")


class Rank(IntEnum):
    """The order of the queue, best first."""

    ROOT = 0  # start URLs, feeds, sitemaps, where a redirect leads
    SAMPLE = 1  # looks like an article, of a shape not tried yet
    LISTING_DUE = 2  # a known listing whose time has come
    PAGER = 3  # the next page of a listing that had news
    ARTICLE = 4
    LISTING = 5  # of a shape on which new articles were found before
    UNTRIED = 6
    PROBE = 7  # a parked URL, asked again to see whether parking was right
    REVISIT = 8  # an article that was fetched before


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When to visit a URL again."""

    seconds: float  # from now
    reason: str


def rank_of(expected: ShapeClass, link_text: str | None) -> Rank:
    """Return the place in the queue of a new URL whose shape is `expected`."""
    if expected is ShapeClass.ARTICLE:
        return Rank.ARTICLE
    if expected is ShapeClass.LISTING:
        return Rank.LISTING
    if expected is ShapeClass.UNTRIED and is_title(link_text):
        return Rank.SAMPLE
    return Rank.UNTRIED


def tie_of(url: str, rank: Rank) -> int:
    """Return the place of a new URL within its rank: 0, first come first served, but for samples.

    Pages not tried yet are taken at random: the first categories in a menu are those whose articles
    the home page shows, and so tell little of the others.
    """
    return int(999 * jitter_of(url)) if rank is Rank.UNTRIED else 0


def is_title(link_text: str | None) -> bool:
    """Return whether a link's words are long enough to be an article's title."""
    weights = (1.0 if ord(char) > 0x2E80 else 0.5 for char in link_text or "" if char.isalpha())
    return sum(weights) >= TITLE_WEIGHT


def is_pager(url: str, link_text: str | None, rel: str) -> bool:
    """Return whether a link leads to a further page of the listing it stands on.

    By its words (下一页), by rel=next or an arrow, or by a number that stands as such in the URL;
    but arrows and numbers that lead to a URL with a year in it are those of a calendar.
    """
    text = (link_text or "").strip()
    if text and _PAGER_WORDS.fullmatch(text):
        return True
    parts = urlsplit(url)
    values = [value for _, value in parse_qsl(parts.query)]
    numbers = re.findall(r"\d+", " ".join([parts.path, *values]))
    if any(_YEAR.fullmatch(number) for number in numbers):
        return False
    if rel == "next":
        return True
    if not text.isascii() or not text.isdecimal() or len(text) > 4:
        return False
    return any(int(number) == int(text) for number in numbers)


def is_next_page(own_text: str | None, url: str, link_text: str) -> bool:
    """Return whether a link leads from the page that is linked as `own_text` to the one after it.

    >>> is_next_page("3", "http://a.cn/page_4.html", "4")
    True
    """
    text = link_text.strip()
    if not text.isdecimal():
        return text[:1] not in {"末", "尾"} and is_pager(url, text, "link")
    own = own_text.strip() if own_text else ""
    return int(text) == (int(own) if own.isdecimal() else 1) + 1 and is_pager(url, text, "link")


def is_trap(url: str, depth: int) -> bool:
    """Return whether `url` looks like one of endlessly many: too deep, or repeating itself."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    parameters = parts.query.split("&")
    if depth > MAX_DEPTH or len(segments) > MAX_SEGMENTS or len(parameters) > MAX_PARAMETERS:
        return True
    words = [segment for segment in segments if not segment.isdecimal()]
    return max(map(words.count, words), default=0) >= MAX_SEGMENT_REPEATS


def listing_due(interval: float | None, *, news: int, jitter: float = 0.0) -> Due:
    """Return when to visit a listing, feed or sitemap again that had `news` new links.

    `jitter`, from 0 to 1, of the URL (`jitter_of`), brings what waits for days forward: the deep
    pages of a site are all read on one day, and must not all be due on one.
    """
    before = interval or LISTING_FIRST
    factor = NEWS_FACTOR if news else NO_NEWS_FACTOR
    seconds = min(max(before * factor, LISTING_SHORTEST), LISTING_LONGEST)
    if seconds > DAY:
        seconds = max(seconds * (1 - LISTING_SPREAD * jitter), DAY)
    reason = f"listing: {news} new links" if news else "listing: nothing new"
    return Due(seconds=seconds, reason=reason)


def article_due(*, age: float | None, unchanged_for: float, jitter: float) -> Due:
    """Return when to visit an article again.

    Args:
        age: seconds since it was published; None if unknown.
        unchanged_for: seconds over which its text is known not to have changed.
        jitter: from 0 to 1, of the URL (`jitter_of`): spreads articles found together.
    """
    seconds = max((ARTICLE_UNKNOWN_AGE if age is None else age) / 4, unchanged_for)
    seconds *= 1 - JITTER + 2 * JITTER * jitter
    seconds = min(max(seconds, ARTICLE_SHORTEST), ARTICLE_LONGEST)
    known = "unknown age" if age is None else f"{age / DAY:.0f} days old"
    return Due(seconds=seconds, reason=f"article: {known}")


def jitter_of(url: str) -> float:
    """Return a number from 0 to 1 that is always the same for `url`."""
    return int(sha256(url.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def parked_due(url: str) -> Due:
    """Return when a parked URL may be probed."""
    seconds = PARKED_FOR + PARKED_SPREAD * jitter_of(url)
    return Due(seconds=seconds, reason="parked: pages of this shape brought no new article")


def put_off_due(url: str) -> Due:
    """Return when to look into a corner of a site that seems to be known."""
    seconds = PUT_OFF_FOR + PUT_OFF_SPREAD * jitter_of(url)
    return Due(seconds=seconds, reason=PUT_OFF)


def retry_due(failures: int, error: str) -> Due:
    """Return when to try again after `failures` broken connections or bad answers in a row."""
    if failures <= MAX_RETRIES:
        return Due(seconds=RETRY_FIRST * 4 ** (failures - 1), reason=f"{error}: retry {failures}")
    seconds = min(RETRY_LATER * 4 ** (failures - MAX_RETRIES - 1), LISTING_LONGEST)
    return Due(seconds=seconds, reason=f"{error}: failed {failures} times")


def host_wait(strikes: int, error: str, retry_after: float | None) -> Due:
    """Return how long to leave a host alone that has refused us `strikes` times in a row."""
    doubled = 2 ** min(max(strikes - 1, 0), 12)
    if retry_after is None:
        seconds = _WAITS.get(error, WAIT_FIRST) * doubled
    else:
        # A host that says "in a second" each time would else be asked for the whole run.
        seconds = max(retry_after, WAIT_LEAST * doubled)
    return Due(seconds=min(seconds, WAIT_LONGEST), reason=error)


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds a Retry-After header asks for; None without a readable one.

    A date that is past, as from a clock that is wrong, and 0 ask for nothing.
    """
    if value is None:
        return None
    try:
        if value.strip().isdecimal():
            seconds = float(value)
        else:
            seconds = parsedate_to_datetime(value).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(seconds, WAIT_LONGEST) if seconds > 0 else None
