"""What a page, a feed or a sitemap links to.

Links, feeds and sitemaps come from outside and are read as such: no entity
is resolved, nothing is fetched, and every size has a bound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from crawler.decode import clean_text, decode
from crawler.feed_dates import parse_date
from crawler.sitemap_stream import HARDENED, read_sitemap
from crawler.urls import CanonicalUrl, canonicalize, host_key, is_asset

MAX_XML: Final = 8 * 1024 * 1024  # bytes, as the crawl's DOWNLOAD_MAXSIZE
MAX_TAGS: Final = 200_000  # of a feed; one of 100 entries has 2,000
MAX_ENTRIES: Final = 50_000  # of a feed; they have 10 to 100
MAX_LINKS: Final = 5_000  # on one page; the fullest real list pages have some 600
MIN_NAME: Final = 4  # letters of a title; "2026-11-21" and "3 天前" have fewer
MAX_TEXT: Final = 300  # characters of a link's text or a title

_NEXT_TEXT: Final = re.compile(
    r"[\s\[(（<]*"
    r"(?:下一?[页頁]|后一?页|older(?: posts| entries)?|next(?: page)?|»|›|>|>>)"
    r"[\s\])）>»›→]*",
    re.IGNORECASE,
)
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*>")
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")
_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One address that a page names, first place and best text."""

    url: CanonicalUrl
    text: str
    rel: str = "link"  # or "next", "canonical", "feed", "sitemap", "alternate"
    nofollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One item of a feed."""

    url: CanonicalUrl
    title: str
    published: datetime | None  # aware; Beijing time where the feed names no zone


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One page of a sitemap."""

    url: CanonicalUrl
    lastmod: datetime | None  # aware; a day alone is its midnight in Beijing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap, or an index of sitemaps, lists."""

    pages: list[SitemapEntry]
    sitemaps: list[CanonicalUrl]  # never the one they were read from


def links(tree: HtmlElement, base_url: str, keep: tuple[str, ...] = ()) -> list[Link]:
    """Return the pages that `tree`, fetched from `base_url`, links to, in document order.

    Each URL comes once.  Pictures, downloads, scripts and the like are left out; of parameters
    that say where a reader came from, those in `keep` stay.
    """
    base = _base(tree, base_url)
    found: dict[CanonicalUrl, Link] = {}
    for element in tree.iter("a", "area", "link", "frame", "iframe"):
        link = _link(element, base, keep)
        if link is None:
            continue
        found[link.url] = _merged(found[link.url], link) if link.url in found else link
        if len(found) >= MAX_LINKS:
            break
    return list(found.values())


def canonical_of(tree: HtmlElement, url: str) -> CanonicalUrl:
    """Return the address the page calls its own, if it is one of the same site; else `url`."""
    own = canonicalize(url) or CanonicalUrl(url)
    for element in tree.iter("link"):
        if "canonical" in _rels(element):
            named = canonicalize(element.get("href", ""), _base(tree, url))
            # Themes that name the home page on every page are wrong on all but one.
            if named and host_key(named) == host_key(own) and not _is_home(named):
                return named
            break
    return own


def feed_links(body: bytes, base_url: str, keep: tuple[str, ...] = ()) -> list[FeedEntry]:
    """Return the entries of an RSS or Atom feed; empty for what is neither."""
    root = _parse_xml(body)
    if root is None:
        return []
    entries: dict[CanonicalUrl, FeedEntry] = {}
    for item in _elements(root, "item", "entry"):
        address = _entry_address(item)
        url = canonicalize(address, base_url, keep) if address else None
        if url:
            title = _flat(_text(item, "title"))
            published = _first_date(item, "pubDate", "published", "date", "updated", "modified")
            entries.setdefault(url, FeedEntry(url=url, title=title, published=published))
        if len(entries) >= MAX_ENTRIES:
            break
    return list(entries.values())


def sitemap_links(body: bytes, base_url: str, keep: tuple[str, ...] = ()) -> Sitemap:
    """Return what a sitemap lists: XML, an index, a plain list of URLs, or any of them gzipped."""
    own = canonicalize(base_url)
    pages: dict[CanonicalUrl, SitemapEntry] = {}
    sitemaps: dict[CanonicalUrl, None] = {}
    for kind, address, lastmod in read_sitemap(body):
        url = canonicalize(address, base_url, keep) if address else None
        if url and kind == "sitemap" and url != own:
            sitemaps[url] = None
        elif url and kind == "url":
            pages.setdefault(url, SitemapEntry(url=url, lastmod=parse_date(lastmod)))
    return Sitemap(pages=list(pages.values()), sitemaps=list(sitemaps))


def _link(element: HtmlElement, base: str, keep: tuple[str, ...]) -> Link | None:
    rels = _rels(element)
    rel = _kind_of_link(element, rels)
    address = element.get("src" if element.tag in ("frame", "iframe") else "href")
    if not address or rel is None or address.startswith("#"):
        return None
    url = canonicalize(address, base, keep)
    if url is None or is_asset(url):
        return None
    return Link(url=url, text=_link_text(element), rel=rel, nofollow="nofollow" in rels)


def _kind_of_link(element: HtmlElement, rels: frozenset[str]) -> str | None:
    """Return what the element links to; None for a `<link>` to nothing one could crawl."""
    if element.tag == "link":
        media_type = element.get("type", "").strip().lower()
        if "alternate" in rels and media_type:
            # Of the rest only other pages: WordPress names three JSON and XML forms of each.
            is_page = media_type in _PAGE_TYPES
            return "feed" if media_type in _FEED_TYPES else "alternate" if is_page else None
        return next(
            (rel for rel in ("next", "canonical", "sitemap", "alternate") if rel in rels), None
        )
    if "next" in rels or "next" in element.get("class", "").lower().split():
        return "next"
    return "next" if _NEXT_TEXT.fullmatch(_link_text(element)) else "link"


def _link_text(element: HtmlElement) -> str:
    text = _flat("".join(element.itertext())) or _flat(element.get("title", ""))
    return text or _flat(" ".join(image.get("alt", "") for image in element.iter("img")))


def _merged(first: Link, second: Link) -> Link:
    """Return the link seen first, with what only its second mention says."""
    rel = second.rel if first.rel == "link" else first.rel
    return replace(
        first,
        text=_better(first.text, second.text),
        rel=rel,
        nofollow=first.nofollow and second.nofollow,
    )


def _better(first: str, second: str) -> str:
    """Return what names a page rather: some themes link the date before the title."""
    return second if _letters(first) < MIN_NAME <= _letters(second) else first or second


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _rels(element: HtmlElement) -> frozenset[str]:
    return frozenset(element.get("rel", "").lower().split())


def _base(tree: HtmlElement, url: str) -> str:
    named = next(
        (element.get("href") for element in tree.iter("base") if element.get("href")), None
    )
    return (canonicalize(named, url) if named else None) or url


def _is_home(url: str) -> bool:
    return url.count("/") == 3 and url.endswith("/")


def _flat(text: str) -> str:
    return " ".join(clean_text(text).split())[:MAX_TEXT]


def _parse_xml(body: bytes) -> etree._Element | None:
    if len(body) > MAX_XML or body.count(b"<") > MAX_TAGS:
        return None
    # Decoded by us: feeds in GBK that call themselves gb2312 or utf-8 are not rare.
    text = _XML_DECLARATION.sub("", decode(body).text.lstrip("\ufeff"))
    try:
        return etree.fromstring(clean_text(text).encode(), etree.XMLParser(**HARDENED))
    except etree.XMLSyntaxError:
        return None


def _elements(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    yield from root.iter(*(f"{{*}}{name}" for name in names))


def _text(parent: etree._Element, name: str) -> str:
    child = next(_elements(parent, name), None)
    return "" if child is None else "".join(child.itertext()).strip()


def _first_date(item: etree._Element, *names: str) -> datetime | None:
    return next(filter(None, (parse_date(_text(item, name)) for name in names)), None)


def _entry_address(item: etree._Element) -> str:
    for link in _elements(item, "link"):
        if link.get("rel", "alternate") != "alternate":
            continue
        address = link.get("href") or (link.text or "").strip()
        if address:
            return str(address)
    return _text(item, "guid") or _text(item, "id")
