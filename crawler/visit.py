"""What one answer of a server means: its kind, its links, or the word for what went wrong.

Free of Scrapy and of the frontier: a crawl and the import of a WARC file both pass through here,
so that a page is judged in the same way however it came in.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

from lxml.html import HtmlElement

from crawler.archive import ArchivedPage, digest_of
from crawler.decode import decode
from crawler.discover import canonical_of, feed_links, links, sitemap_links
from crawler.kind import Kind, judge
from crawler.parse import parse_html
from crawler.robots import Decision
from crawler.series import read_series
from crawler.sources import Source
from crawler.urls import CanonicalUrl, canonicalize, host_key, in_scope, is_asset
from crawler.walls import wall_text

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PART: Final = "part"  # rel of a link to another part of the article it stands in
MAX_LINKS: Final = 3_000  # of one page; more is a trap or a sitemap in disguise

_PAGE_TYPE: Final = re.compile(
    r"text/(?:html|plain|xml)|application/(?:xhtml|xml|rss|atom|rdf|gzip|x-gzip|octet-stream)"
    r"|[\w.-]+/[\w.-]+\+xml",
    re.IGNORECASE,
)
_HTML: Final = re.compile(r"text/html|application/xhtml", re.IGNORECASE)
_SITEMAP_ROOT: Final = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_FEED_ROOT: Final = re.compile(rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]")
_BOM_AND_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
_SNIFF: Final = 2_000  # bytes; the root element of a feed stands in the first lines


class Trouble(StrEnum):
    """Why an answer is not a page; beside these, `http_404` and the like."""

    TIMEOUT = "timeout"
    DNS = "dns"
    REFUSED = "refused"
    CONNECTION = "connection"  # broken off, or not HTTP
    TOO_LARGE = "too_large"
    PRIVATE_ADDRESS = "private_address"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    REDIRECT_LOOP = "redirect_loop"
    BAD_REDIRECT = "bad_redirect"
    OUT_OF_SCOPE = "out_of_scope"
    EMPTY = "empty"
    BLOCKED = "blocked"
    SOFT_ERROR = "soft_error"  # a page that says "not found" with status 200
    UNREADABLE = "unreadable"  # it broke our own parsing
    LEADS_HOME = "leads_home"  # an article that redirects to the home page: it is gone
    NO_ENTRIES = "no_entries"  # a feed or sitemap that names nothing
    FORGOTTEN = "forgotten"  # it leads to, or is the same as, what was forgotten for good
    NO_SITEMAP = "no_sitemap"  # nothing is where sitemaps often are; nobody said there was


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent, as far as we have to know."""

    url: CanonicalUrl
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes  # content decoding undone
    fetched_at: datetime  # aware, UTC

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name`, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A link worth knowing."""

    url: CanonicalUrl
    text: str = ""
    rel: str = "link"  # crawler.discover.Link.rel, or PART
    role: str = "page"  # page, feed, sitemap
    published_at: float | None = None  # seconds since 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of one request."""

    kind: str  # crawler.kind.Kind, or "redirect", "not_modified"
    fetched_at: datetime
    status: int | None = None  # None: no response
    error: str | None = None
    page: ArchivedPage | None = None  # to be archived
    revisit: ArchivedPage | None = None  # the page archived before, met again
    found: tuple[Found, ...] = ()
    target: CanonicalUrl | None = None  # of a redirect that may be followed
    canonical: CanonicalUrl | None = None  # another URL that the page names as its own
    etag: str | None = None
    last_modified: str | None = None
    retry_after: str | None = None
    wall_text: str | None = None  # crawler.walls
    robots: Decision | None = None  # None: nothing was asked of a robots.txt
    evidence: tuple[str, ...] = field(default=())


def read_answer(answer: Answer, source: Source, *, link_text: str | None) -> Visit:
    """Return what `answer` means to `source`."""
    if answer.status == 304:
        return Visit(kind="not_modified", fetched_at=answer.fetched_at, status=304)
    if answer.status in REDIRECTS:
        return _read_redirect(answer, source)
    if not 200 <= answer.status < 300:
        return _failed(answer, f"http_{answer.status}")
    content_type = answer.header("content-type")
    if content_type and not is_page_type(content_type):
        return Visit(kind=Kind.NOT_HTML, fetched_at=answer.fetched_at, status=answer.status)
    if not answer.body.strip():
        return _failed(answer, Trouble.EMPTY)
    return _read_body(answer, source, link_text)


def is_page_type(content_type: str) -> bool:
    """Return whether a Content-Type may be that of a page, feed or sitemap.

    Servers send feeds as text/plain and sitemaps as application/octet-stream.
    """
    return _PAGE_TYPE.match(content_type.strip()) is not None


def failed(trouble: str, fetched_at: datetime) -> Visit:
    """Return the visit that got no response, for the reason `trouble`."""
    return Visit(kind=Kind.ERROR, fetched_at=fetched_at, error=trouble)


def time_of(answer_date: str | None, clock: datetime) -> datetime:
    """Return the time that a Date header names; `clock` where it names none."""
    try:
        named = parsedate_to_datetime(answer_date or "")
    except ValueError:
        return clock
    return named.astimezone(UTC) if named.tzinfo else named.replace(tzinfo=UTC)


def _failed(answer: Answer, error: str) -> Visit:
    return Visit(
        kind=Kind.ERROR,
        fetched_at=answer.fetched_at,
        status=answer.status,
        error=error,
        retry_after=answer.header("retry-after"),
    )


def _read_redirect(answer: Answer, source: Source) -> Visit:
    target = canonicalize(answer.header("location") or "", answer.url, source.urls.keep)
    error: str | None = None
    if target is None:
        error = Trouble.BAD_REDIRECT
    elif target == answer.url:
        error = Trouble.REDIRECT_LOOP
    elif not in_scope(target, source):
        error = Trouble.OUT_OF_SCOPE
    return Visit(
        kind="redirect",
        fetched_at=answer.fetched_at,
        status=answer.status,
        error=error,
        target=target,
    )


def _read_body(answer: Answer, source: Source, link_text: str | None) -> Visit:
    content_type = answer.header("content-type") or ""
    head = answer.body[:_SNIFF]
    is_packed = answer.body[:2] == b"\x1f\x8b"
    if _SITEMAP_ROOT.search(head) or is_packed:
        return _read_sitemap(answer, source)
    if _FEED_ROOT.search(head) and not _HTML.search(content_type):
        return _read_feed(answer, source)
    if not _HTML.search(content_type) and not head.lstrip(_BOM_AND_SPACE).startswith(b"<"):
        return Visit(kind=Kind.NOT_HTML, fetched_at=answer.fetched_at, status=answer.status)
    return _read_html(answer, source, content_type, link_text)


def _read_html(answer: Answer, source: Source, content_type: str, link_text: str | None) -> Visit:
    text = decode(answer.body, content_type or None).text
    tree = parse_html(text)
    if tree is None:
        # Past the bounds of crawler.parse, if it has markup at all.
        return _failed(answer, Trouble.UNREADABLE if "<" in text else Trouble.EMPTY)
    judgement = judge(
        tree, answer.url, status=answer.status, link_texts=(link_text,) if link_text else ()
    )
    canonical = canonical_of(tree, answer.url)
    parts = _parts_of(tree, answer.url) if judgement.kind is Kind.ARTICLE else frozenset()
    found = [
        Found(
            url=link.url,
            text=link.text,
            rel=PART if link.url in parts else link.rel,
            role=_role_of(link.rel),
        )
        for link in links(tree, answer.url, source.urls.keep)[:MAX_LINKS]
        if not is_asset(link.url) and in_scope(link.url, source)
    ]
    return Visit(
        kind=judgement.kind,
        fetched_at=answer.fetched_at,
        status=answer.status,
        error=_SOFT_TROUBLES.get(judgement.kind),
        page=_page_of(answer),
        found=tuple(found),
        canonical=None if canonical == answer.url else canonical,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        wall_text=wall_text(tree, len(found)),
        evidence=judgement.evidence,
    )


_SOFT_TROUBLES: Final = {Kind.BLOCKED: Trouble.BLOCKED, Kind.ERROR: Trouble.SOFT_ERROR}


def _parts_of(tree: HtmlElement, url: str) -> frozenset[CanonicalUrl]:
    series = read_series(tree, url)
    return frozenset(part for _, part in series.parts) if series else frozenset()


def _role_of(rel: str) -> str:
    return rel if rel in {"feed", "sitemap"} else "page"


def _read_feed(answer: Answer, source: Source) -> Visit:
    found: list[Found] = []
    for entry in feed_links(answer.body, answer.url, source.urls.keep):
        if in_scope(entry.url, source):
            published = entry.published.timestamp() if entry.published else None
            found.append(Found(url=entry.url, text=entry.title, published_at=published))
    return _list_visit(answer, Kind.FEED, found)


def _read_sitemap(answer: Answer, source: Source) -> Visit:
    sitemap = sitemap_links(answer.body, answer.url, source.urls.keep)
    found = [
        Found(url=url, rel="sitemap", role="sitemap")
        for url in sitemap.sitemaps
        if host_key(url) == host_key(answer.url)
    ]
    found += [
        Found(url=entry.url)
        for entry in sitemap.pages
        if in_scope(entry.url, source) and not is_asset(entry.url)
    ]
    return _list_visit(answer, Kind.SITEMAP, found)


def _list_visit(answer: Answer, kind: Kind, found: list[Found]) -> Visit:
    return Visit(
        kind=kind,
        fetched_at=answer.fetched_at,
        status=answer.status,
        error=None if found else Trouble.NO_ENTRIES,
        page=_page_of(answer),
        found=tuple(found),
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
    )


def _page_of(answer: Answer) -> ArchivedPage:
    return ArchivedPage(
        url=answer.url,
        fetched_at=answer.fetched_at,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        digest=digest_of(answer.body),
    )
