"""From a page to its article, or to the reason why it has none.

The order: lines (`lines`), the element that holds the text (`body`), what does not
belong in it (`trim`), trafilatura's stripping and printing of the rest (`render`), and what
is said about it (`metadata`, `dates`, `declared`).
Everything is pure: the same page and fetch time give the same answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from crawler.decode import clean_text
from crawler.parse import parse_html
from pipeline.attribution import Origin, find_origin, find_publisher, find_tags
from pipeline.body import container
from pipeline.dates import Published
from pipeline.declared import Declared, read_declared
from pipeline.lines import Line, fold, squeeze
from pipeline.metadata import (
    Surroundings,
    find_author,
    find_category,
    surroundings,
)
from pipeline.opinion import second_container
from pipeline.parts.record import Part, PartKind
from pipeline.parts.signs import has_signs
from pipeline.parts.thread import Thread, read_thread
from pipeline.published import find_published
from pipeline.reader import read_lines
from pipeline.refusal import (
    MIN_LETTERS,
    Rejection,
    RejectionReason,
    is_linked,
    judged,
    lists_articles,
    refuse,
    reject,
)
from pipeline.render import Rendered, render
from pipeline.title import find_title
from pipeline.trim import trim

__all__ = [
    "EXTRACT_VERSION",
    "MIN_LETTERS",
    "THREAD",
    "Article",
    "Examined",
    "Page",
    "Rejection",
    "RejectionReason",
    "clean",
    "compose",
    "examine",
    "extract",
    "is_thread",
    "lists_articles",
    "may_be_thread",
    "parse_page",
    "seen",
]

EXTRACT_VERSION: Final = 4
MAX_CHARACTERS: Final = 8 * 1024 * 1024
MAX_ELEMENTS: Final = 100_000
MAX_EMPTY_PAGE: Final = 2_000  # characters; what does not parse and is longer was refused
THREAD: Final = "thread"  # `Article.extractor` of threads
MAX_CRUMBS: Final = 30  # lines from the top in which a thread's place in the forum may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page is about: its text, and what the page tells about it."""

    title: str
    author: str | None  # by the byline, not the copyright line
    category: str | None
    published: Published | None
    text: str  # a paragraph, heading, list item or table row a line; no empty lines
    canonical_url: str | None  # as the page writes it
    extractor: str  # "trafilatura", "trafilatura+kept 2", "lines": see `render`; "thread"
    publisher: str | None = None  # whose site it is, by name
    tags: tuple[str, ...] = ()
    origin: Origin | None = None  # where the page says that it is taken from
    parts: tuple[Part, ...] = ()  # of a thread: the question and its answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as fetched, decoded."""

    html: str
    url: str | None = None
    fetched_at: datetime | None = None  # aware
    link_texts: tuple[str, ...] = ()  # of the links that led here


_TAG: Final = re.compile(r"<[a-zA-Z!]")
_FEED: Final = re.compile(r"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A page and how far its examination came: what is None was not reached."""

    page: Page
    result: Article | Rejection
    root: HtmlElement | None = None
    lines: tuple[Line, ...] = ()  # the visible ones, of the whole page
    element: HtmlElement | None = None  # that the text was chosen in
    body: tuple[Line, ...] = ()  # those of the text
    around: Surroundings | None = None


def extract(page: Page, root: HtmlElement | None = None) -> Article | Rejection:
    """Return the article of `page`, or why it has none; never raises.

    `root` is its tree, where somebody has parsed it already; it is left as it is.
    """
    return examine(page, root).result


def examine(page: Page, root: HtmlElement | None = None) -> Examined:
    """Do what `extract` does, and return all that was found on the way."""
    try:
        tree = parse_page(page, root)
        return (
            Examined(page=page, result=tree) if isinstance(tree, Rejection) else _from(tree, page)
        )
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return Examined(page=page, result=reject(RejectionReason.ERROR, reason))


def clean(value: str | None) -> str | None:
    """Return `value` fit for storing, on one line; None where nothing is left of it."""
    return squeeze(clean_text(value)) or None if value else None


def parse_page(page: Page, root: HtmlElement | None) -> HtmlElement | Rejection:
    """Return the tree of a page, `root` where it is known, or why it is no page to read."""
    html = page.html
    if len(html) > MAX_CHARACTERS:
        return reject(RejectionReason.TOO_LARGE, f"{len(html)} characters")
    if not _TAG.search(html):
        return reject(RejectionReason.NOT_HTML, "no markup")
    if match := _FEED.search(html[:2000]):
        return reject(RejectionReason.NOT_HTML, match.group())
    if root is None:
        root = parse_html(html)
    if root is None and len(html) > MAX_EMPTY_PAGE:
        return reject(RejectionReason.TOO_LARGE, "past the bounds of the parser")
    if root is None:
        return reject(RejectionReason.NOT_HTML, "no element")
    # An element takes two characters at least: short pages are not counted.
    elements = int(root.xpath("count(//*)")) if len(html) > 2 * MAX_ELEMENTS else 0
    if elements > MAX_ELEMENTS:
        return reject(RejectionReason.TOO_LARGE, f"{elements} elements")
    return root


def _from(root: HtmlElement, page: Page) -> Examined:
    lines = seen(read_lines(root))
    declared = read_declared(root, page.html)
    title = clean(find_title(lines, declared, page.link_texts))
    refusal = refuse(lines, title, page.html)
    if refusal or not title:
        result = refusal or reject(RejectionReason.NO_TITLE, "neither heading nor <title>")
        return Examined(page=page, result=result, root=root, lines=tuple(lines))
    if (thread := may_be_thread(page) and read_thread(root, lines, title, page.fetched_at)) and (
        len(fold(thread.text)) >= MIN_LETTERS
    ):
        article = _of_thread(thread, page, title, declared, lines)
        return Examined(page=page, result=article, root=root, lines=tuple(lines))
    element = _container(lines, title, page.html)
    rendered = _body(lines, element, title)
    refused = judged(root, lines, rendered)
    if refused:
        return Examined(
            page=page, result=refused, root=root, lines=tuple(lines), element=element,
            body=rendered.lines,
        )  # fmt: skip
    around = surroundings(lines, rendered.lines, title)
    return Examined(
        page=page,
        result=compose(page, title, rendered, declared, around),
        root=root,
        lines=tuple(lines),
        element=element,
        body=rendered.lines,
        around=around,
    )


def compose(
    page: Page, title: str, rendered: Rendered, declared: Declared, around: Surroundings
) -> Article:
    """Return the article whose text is `rendered`, with what the lines around it tell."""
    return Article(
        title=title,
        author=clean(find_author(around, declared)),
        category=clean(find_category(around, declared, title)),
        published=find_published(around, declared, page.fetched_at),
        text=rendered.text,
        canonical_url=clean(declared.canonical),
        extractor=rendered.extractor,
        publisher=clean(find_publisher(declared)),
        tags=find_tags(around.info, around.late, declared, title),
        origin=find_origin(around.info, around.below),
    )


def may_be_thread(page: Page) -> bool:
    """Say whether a page has a sign of questions and answers; `read_thread` looks closer."""
    return has_signs(page.html)


def is_thread(found: Article | Rejection) -> bool:
    """Say whether a page turned out to be a question with answers, or a forum's thread."""
    return isinstance(found, Article) and bool(found.parts)


def _of_thread(
    thread: Thread, page: Page, title: str, declared: Declared, lines: Sequence[Line]
) -> Article:
    """Return the article that a thread is: its first author and day are the question's."""
    first = thread.parts[0]
    around = Surroundings(above=tuple(lines[:MAX_CRUMBS]), info=(), below=(), late=())
    return Article(
        title=title,
        author=first.author if first.kind is PartKind.QUESTION else None,
        category=clean(find_category(around, declared, title)),
        published=first.published or find_published(around, declared, page.fetched_at),
        text=thread.text,
        canonical_url=clean(declared.canonical),
        extractor=THREAD,
        publisher=clean(find_publisher(declared)),
        tags=find_tags((), lines, declared, title),
        parts=thread.parts,
    )


def seen(lines: list[Line]) -> list[Line]:
    """Leave out what the page hides, unless it hides nearly everything until a script runs."""
    shown = [line for line in lines if not line.is_hidden]
    if sum(len(line.text) for line in shown) * 4 < sum(len(line.text) for line in lines):
        return lines
    return shown


def _container(lines: Sequence[Line], title: str, html: str) -> HtmlElement | None:
    element = container(lines, title)
    if element is None and not is_linked(lines):
        element = second_container(html, lines)
    return element


def _body(lines: Sequence[Line], element: HtmlElement | None, title: str) -> Rendered:
    if element is None:
        return Rendered(lines=(), text="", extractor="")
    return render(trim(lines, element, title), element, title)
