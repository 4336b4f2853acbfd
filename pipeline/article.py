"""From a page to its article, or to the reason why it has none.

The order: lines (`lines`), the element that holds the text (`body`), what does not
belong in it (`trim`), and what is said about it (`metadata`, `dates`, `declared`).
Everything is pure: the same page and fetch time give the same answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from lxml.html import HtmlElement

from crawler.decode import clean_text
from crawler.parse import parse_html
from pipeline.body import container, within
from pipeline.dates import Published
from pipeline.declared import read_declared
from pipeline.lines import Line, fold, read_lines
from pipeline.metadata import find_author, find_category, find_published, find_title, surroundings
from pipeline.trim import trim

EXTRACT_VERSION: Final = 1
EXTRACTOR: Final = f"fatiao/{EXTRACT_VERSION}"
MAX_CHARACTERS: Final = 8 * 1024 * 1024
MAX_ELEMENTS: Final = 100_000
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
    extractor: str


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
MAX_BLOCK_PAGE: Final = 400  # letters shown; an article about captchas is longer


def extract(page: Page) -> Article | Rejection:
    """Return the article of `page`, or why it has none; never raises."""
    try:
        return _extract(page)
    except Exception as error:  # noqa: BLE001 - any page may come; one must not stop a build
        return Rejection(reason=RejectionReason.ERROR, detail=f"{type(error).__name__}: {error}")


def extract_site(pages: Sequence[Page]) -> list[Article | Rejection]:
    """Return what `extract` says of each of the pages of one site, in their order."""
    return [extract(page) for page in pages]


def _extract(page: Page) -> Article | Rejection:
    if len(page.html) > MAX_CHARACTERS:
        return _reject(RejectionReason.TOO_LARGE, f"{len(page.html)} characters")
    if "\x00" in page.html[:1024] and "<" not in page.html[:1024]:
        return _reject(RejectionReason.NOT_HTML, "binary content")
    root = parse_html(page.html)
    if root is None:
        return _reject(RejectionReason.NOT_HTML, "no markup")
    elements = sum(1 for _ in root.iter())
    if elements > MAX_ELEMENTS:
        return _reject(RejectionReason.TOO_LARGE, f"{elements} elements")
    return _from_tree(root, page)


def _from_tree(root: HtmlElement, page: Page) -> Article | Rejection:
    lines = _seen(read_lines(root))
    refusal = _refuse(lines, page.html)
    if refusal:
        return refusal
    declared = read_declared(root)
    title = find_title(root, lines, declared)
    if not title or not clean_text(title).strip():
        return _reject(RejectionReason.NO_TITLE, "neither heading nor <title>")
    body = _body(lines, title)
    text = _join(body)
    if len(fold(text)) < MIN_LETTERS:
        return _too_short(text, page.html)
    around = surroundings(lines, body, title)
    return Article(
        title=_clean(title) or title,
        author=_clean(find_author(around, declared)),
        category=_clean(find_category(around, declared, title)),
        published=find_published(around, declared, page.fetched_at),
        text=text,
        canonical_url=_clean(declared.canonical),
        extractor=EXTRACTOR,
    )


def _seen(lines: list[Line]) -> list[Line]:
    """Leave out what the page hides, unless it hides nearly everything until a script runs."""
    seen = [line for line in lines if not line.is_hidden]
    if sum(len(line.text) for line in seen) * 4 < sum(len(line.text) for line in lines):
        return lines
    return seen


def _body(lines: Sequence[Line], title: str) -> list[Line]:
    element = container(lines)
    return [] if element is None else trim(within(lines, element), element, title)


def _join(body: Sequence[Line]) -> str:
    cleaned = (" ".join(clean_text(line.marked).split()) for line in body)
    return "\n".join(line for line in cleaned if line)


def _clean(value: str | None) -> str | None:
    return (" ".join(clean_text(value).split()) or None) if value else None


def _refuse(lines: Sequence[Line], html: str) -> Rejection | None:
    shown = "".join(line.text for line in lines)
    letters = len(fold(shown))
    if letters <= MAX_BLOCK_PAGE and (match := _BLOCKING.search(shown) or _BLOCKING.search(html[:4000])):
        return _reject(RejectionReason.BLOCKED, match.group())
    if not letters:
        return _nothing(html)
    return None


def _nothing(html: str) -> Rejection:
    if "<script" in html.lower() or _SCRIPTED.search(html):
        return _reject(RejectionReason.NEEDS_JAVASCRIPT, "no text without scripts")
    return _reject(RejectionReason.NO_TEXT, "no visible text")


def _too_short(text: str, html: str) -> Rejection:
    if _SCRIPTED.search(html):
        return _reject(RejectionReason.NEEDS_JAVASCRIPT, "hardly any text without scripts")
    if not text:
        return _reject(RejectionReason.NO_TEXT, "no running text")
    return _reject(RejectionReason.TOO_SHORT, f"{len(fold(text))} letters of text")


def _reject(reason: RejectionReason, detail: str) -> Rejection:
    return Rejection(reason=reason, detail=detail)
