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
from enum import StrEnum
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from crawler.decode import clean_text
from crawler.parse import parse_html
from pipeline.body import LINKED, container, is_cut_off, is_prose, teasers
from pipeline.dates import Published
from pipeline.declared import Declared, read_declared
from pipeline.lines import Line, LineKind, fold, squeeze
from pipeline.metadata import (
    Surroundings,
    find_author,
    find_category,
    find_published,
    surroundings,
)
from pipeline.opinion import second_container
from pipeline.reader import read_lines
from pipeline.render import Rendered, render
from pipeline.title import find_title
from pipeline.trim import trim

EXTRACT_VERSION: Final = 2
MAX_CHARACTERS: Final = 8 * 1024 * 1024
MAX_ELEMENTS: Final = 100_000
MAX_EMPTY_PAGE: Final = 2_000  # characters; what does not parse and is longer was refused
MIN_HEADINGS: Final = 3  # linked headings with prose below that make a list of articles
MIN_LETTERS: Final = 40  # letters and digits; less is a notice, not an article


class RejectionReason(StrEnum):
    """Why a page has no article."""

    NOT_HTML = "not_html"
    LISTING = "listing"
    NO_TEXT = "no_text"
    TOO_SHORT = "too_short"
    NEEDS_JAVASCRIPT = "needs_javascript"
    BLOCKED = "blocked"
    NO_TITLE = "no_title"
    ERROR = "error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TOO_OLD = "too_old"  # published before what the source wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page without an article, and why."""

    reason: RejectionReason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page is about: its text, and what the page tells about it."""

    title: str
    author: str | None  # by the byline, not the copyright line
    category: str | None
    published: Published | None
    text: str  # a paragraph, heading, list item or table row a line; no empty lines
    canonical_url: str | None  # as the page writes it
    extractor: str  # "trafilatura", "trafilatura+kept 2", "lines": see `render`


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as fetched, decoded."""

    html: str
    url: str | None = None
    fetched_at: datetime | None = None  # aware
    link_texts: tuple[str, ...] = ()  # of the links that led here


_SCRIPTED: Final = re.compile(
    r"(?:启用|开启|打开|允许|支持|需要)\s*(?:浏览器的?)?\s*java\s*script|enable\s+javascript|"
    r"requires?\s+javascript|<div[^>]+id=[\"']?(?:app|root|__next|__nuxt)[\"'\s>]",
    re.IGNORECASE,
)
_BLOCKING: Final = re.compile(
    r"访问(?:过于频繁|被拒绝|受限|异常|验证)|(?:安全|人机|滑动|行为)验证|请(?:完成|输入|进行)验证|验证码|"
    r"请求(?:已被|被)(?:拦截|阻断)|网站防火墙|拦截提示|access denied|captcha|"
    r"checking your browser|attention required|verify you are human",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<[a-zA-Z!]")
_FEED: Final = re.compile(r"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)[\s>]", re.IGNORECASE)
MAX_BLOCK_PAGE: Final = 400  # letters shown; an article about captchas is longer


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
        return Examined(page=page, result=_reject(RejectionReason.ERROR, reason))


def clean(value: str | None) -> str | None:
    """Return `value` fit for storing, on one line; None where nothing is left of it."""
    return squeeze(clean_text(value)) or None if value else None


def parse_page(page: Page, root: HtmlElement | None) -> HtmlElement | Rejection:
    """Return the tree of a page, `root` where it is known, or why it is no page to read."""
    html = page.html
    if len(html) > MAX_CHARACTERS:
        return _reject(RejectionReason.TOO_LARGE, f"{len(html)} characters")
    if not _TAG.search(html):
        return _reject(RejectionReason.NOT_HTML, "no markup")
    if match := _FEED.search(html[:2000]):
        return _reject(RejectionReason.NOT_HTML, match.group())
    if root is None:
        root = parse_html(html)
    if root is None and len(html) > MAX_EMPTY_PAGE:
        return _reject(RejectionReason.TOO_LARGE, "past the bounds of the parser")
    if root is None:
        return _reject(RejectionReason.NOT_HTML, "no element")
    elements = int(root.xpath("count(//*)"))
    if elements > MAX_ELEMENTS:
        return _reject(RejectionReason.TOO_LARGE, f"{elements} elements")
    return root


def _from(root: HtmlElement, page: Page) -> Examined:
    lines = seen(read_lines(root))
    declared = read_declared(root)
    title = clean(find_title(root, lines, declared, page.link_texts))
    refusal = _refuse(lines, title, page.html)
    if refusal or not title:
        result = refusal or _reject(RejectionReason.NO_TITLE, "neither heading nor <title>")
        return Examined(page=page, result=result, root=root, lines=tuple(lines))
    element = _container(lines, title, page.html)
    rendered = _body(lines, element, title)
    refused = _judged(lines, rendered, page)
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


def _judged(lines: Sequence[Line], rendered: Rendered, page: Page) -> Rejection | None:
    """Return why the chosen text is no article, None where it is one."""
    body, text = rendered.lines, rendered.text
    if len(fold(text)) < MIN_LETTERS or (_is_linked(lines) and not any(map(is_prose, body))):
        return _too_short(text, lines, page.html)
    if lists_articles(lines, body):
        return _reject(RejectionReason.LISTING, "the text is under linked titles of other pages")
    return None


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
    )


def seen(lines: list[Line]) -> list[Line]:
    """Leave out what the page hides, unless it hides nearly everything until a script runs."""
    shown = [line for line in lines if not line.is_hidden]
    if sum(len(line.text) for line in shown) * 4 < sum(len(line.text) for line in lines):
        return lines
    return shown


def _container(lines: Sequence[Line], title: str, html: str) -> HtmlElement | None:
    element = container(lines, title)
    if element is None and not _is_linked(lines):
        element = second_container(html, lines)
    return element


def _body(lines: Sequence[Line], element: HtmlElement | None, title: str) -> Rendered:
    if element is None:
        return Rendered(lines=(), text="", extractor="")
    return render(trim(lines, element, title), element, title)


def lists_articles(lines: Sequence[Line], body: Sequence[Line]) -> bool:
    """Say whether the text stands below several linked headings, or is summaries alone."""
    kept = {id(line) for line in body}
    headings = [
        above
        for above, below in pairwise(lines)
        if above.kind is LineKind.HEADING and above.link_share >= LINKED and id(below) in kept
    ]
    summaries = teasers(lines)
    prose = [line for line in body if is_prose(line)]
    return len(headings) >= MIN_HEADINGS or (
        bool(prose) and all(id(line) in summaries or is_cut_off(line) for line in prose)
    )


def _is_linked(lines: Sequence[Line]) -> bool:
    """Say whether most of what a page shows is links, or summaries that were cut off."""
    away = sum(len(line.text) if is_cut_off(line) else line.linked for line in lines)
    return away * 2 > sum(len(line.text) for line in lines)


def _refuse(lines: Sequence[Line], title: str | None, html: str) -> Rejection | None:
    shown = "".join(line.text for line in lines)
    letters = len(fold(shown))
    blocked = _BLOCKING.search(f"{title or ''} {shown}") if letters <= MAX_BLOCK_PAGE else None
    if blocked:
        return _reject(RejectionReason.BLOCKED, blocked.group())
    return None if letters else _nothing(html)


def _nothing(html: str) -> Rejection:
    if "<script" in html.lower() or _SCRIPTED.search(html):
        return _reject(RejectionReason.NEEDS_JAVASCRIPT, "no text without scripts")
    return _reject(RejectionReason.NO_TEXT, "no visible text")


def _too_short(text: str, lines: Sequence[Line], html: str) -> Rejection:
    if _is_linked(lines):
        return _reject(RejectionReason.LISTING, "mostly links and cut-off summaries")
    if _SCRIPTED.search(html):
        return _reject(RejectionReason.NEEDS_JAVASCRIPT, "hardly any text without scripts")
    if not text:
        return _reject(RejectionReason.NO_TEXT, "no running text")
    return _reject(RejectionReason.TOO_SHORT, f"{len(fold(text))} letters of text")


def _reject(reason: RejectionReason, detail: str) -> Rejection:
    return Rejection(reason=reason, detail=detail)
