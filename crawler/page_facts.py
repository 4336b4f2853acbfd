"""What the order of a page's lines says: its headline, its body, what surrounds them.

Facts only; `crawler.kind` weighs them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from crawler.lines import Line, lines_of
from crawler.urls import CanonicalUrl, canonicalize, url_shape

MIN_TITLE_LINK: Final = 8  # characters; menus and tags are shorter, articles' titles rarely
MIN_PROSE: Final = 30  # characters outside of links that make a line a sentence, not a label
PAIR_REACH: Final = 3  # lines from a linked title to its summary: author, date, category
NEAR: Final = 8  # lines from a headline to the line that names date and author

_NOISE: Final = re.compile(r"[\W_]+")
_TITLE_BREAK: Final = re.compile(r"\s*[|｜_–—·•»«>]\s*|\s+-+\s*|\s*-+\s+|-(?=[^-]*$)")
_COUNTER: Final = re.compile(
    r"[\d\s:：/年月日前分秒小时天周个.,\-()（）\[\]【】·•]+|阅读|浏览|评论|作者|来源|admin"
)
_WHEN_OR_WHO: Final = re.compile(
    r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}|\d+\s*(?:秒|分钟|小时|天|周|个?月|年)前|刚刚|昨天|前天"
    r"|(?:发布|发表|更新|日期|时间|来源|作者|编辑|浏览|阅读|点击|查看|人气)(?:日期|时间|次数|量|数)?\s*[:：]"
)
_NUMBER: Final = re.compile(r"\[?\d{1,4}\]?")
_SERIES: Final = re.compile(r"下一?[页頁]|尾页|末页|最后一页|last|next|»|›|>+|…", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What stands where on one page; counts of characters leave link text out."""

    title: str  # of <title>
    headline: Line | None  # the line that the title begins with and that leads nowhere else
    links_before_prose: int  # linked titles between headline and the first prose
    body: int  # characters of the prose after the headline, up to the first list
    prose: int  # characters of all prose
    pairs: int  # linked titles with a summary
    pairs_before_body: int
    title_links: int  # linked titles
    names_when_or_who: bool  # beside the headline
    pages: int  # links of a series of pages: numbers and the way on
    own_text: int  # all characters outside of links
    lines: tuple[Line, ...]


def facts_of(tree: HtmlElement, url: str) -> PageFacts:
    """Return the facts of the page `tree`, fetched from `url`."""
    lines = lines_of(tree, url)
    own = canonicalize(url)
    title = " ".join((tree.findtext(".//title") or "").split())
    is_title_link = [_is_title_link(line, own) for line in lines]
    is_prose = [_is_prose(line) for line in lines]
    at = _headline(lines, title, is_title_link)
    start = _first_prose(is_prose, at)
    end = _body_end(is_prose, is_title_link, start)
    pairs = [
        n
        for n, is_it in enumerate(is_title_link)
        if is_it and _has_summary(is_prose, is_title_link, n)
    ]
    return PageFacts(
        title=title,
        headline=lines[at] if at is not None else None,
        links_before_prose=sum(is_title_link[(at or 0) : start]),
        body=sum(
            line.own
            for line, prose in zip(lines[start:end], is_prose[start:end], strict=True)
            if prose or line.own >= 10
        ),
        prose=sum(line.own for line, prose in zip(lines, is_prose, strict=True) if prose),
        pairs=len(pairs),
        pairs_before_body=sum(1 for n in pairs if n < start),
        title_links=sum(is_title_link),
        names_when_or_who=at is not None and _names_when_or_who(lines, at, start),
        pages=_pages(tree, url),
        own_text=sum(line.own for line in lines),
        lines=tuple(lines),
    )


def plain(text: str) -> str:
    """Return `text` in small letters without punctuation and space, for comparing titles."""
    return _NOISE.sub("", text).lower()


def _is_title_link(line: Line, own: CanonicalUrl | None) -> bool:
    if line.url is None or line.url == own or line.linked < MIN_TITLE_LINK:
        return False
    label = _COUNTER.sub("", line.text)
    return line.is_link or len(label) - line.linked <= MIN_TITLE_LINK


def _is_prose(line: Line) -> bool:
    return line.own >= MIN_PROSE and line.own >= line.linked and not line.heading


def _headline(lines: Sequence[Line], title: str, is_title_link: Sequence[bool]) -> int | None:
    """Return where the line stands that the title begins with; headings before other lines."""
    whole = plain(title)
    first = plain(_TITLE_BREAK.split(title, maxsplit=1)[0])
    found: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        words = plain(line.text)
        least = 2 if line.heading else 6
        if (
            is_title_link[n]
            or len(words) < least
            or (line.url and not line.heading and line.is_link)
        ):
            continue
        if whole.startswith(words) or (len(first) >= 6 and words.startswith(first)):
            found.append((line.heading or 9, n))
    return min(found)[1] if found else None


def _first_prose(is_prose: Sequence[bool], at: int | None) -> int:
    """Return where prose begins after the headline; without one, where most of it stands."""
    begin = 0 if at is None else at + 1
    return next((n for n in range(begin, len(is_prose)) if is_prose[n]), len(is_prose))


def _body_end(is_prose: Sequence[bool], is_title_link: Sequence[bool], start: int) -> int:
    """Return where the body that begins at `start` gives way to a list of other pages."""
    for n in range(start, len(is_prose)):
        if is_title_link[n] and (
            _has_summary(is_prose, is_title_link, n) or any(is_title_link[n + 1 : n + 3])
        ):
            return n
    return len(is_prose)


def _has_summary(is_prose: Sequence[bool], is_title_link: Sequence[bool], n: int) -> bool:
    for k in range(n + 1, min(n + 1 + PAIR_REACH, len(is_prose))):
        if is_title_link[k]:
            return False
        if is_prose[k]:
            return True
    return False


def _names_when_or_who(lines: Sequence[Line], at: int, start: int) -> bool:
    near = [*lines[max(0, at - 3) : at], *lines[at + 1 : min(start + 1, at + 1 + NEAR)]]
    return any(len(line.text) < 200 and _WHEN_OR_WHO.search(line.text) for line in near)


def _pages(tree: HtmlElement, url: str) -> int:
    """Return the size of the largest set of numbered or onward links of one shape."""
    shapes: dict[str, set[str]] = {}
    for link in tree.iter("a"):
        text = "".join(link.itertext()).strip()
        if len(text) > 8 or not (_NUMBER.fullmatch(text) or _SERIES.fullmatch(text)):
            continue
        target = canonicalize(link.get("href", ""), url)
        if target:
            shapes.setdefault(url_shape(target), set()).add(target)
    return max(map(len, shapes.values()), default=0)
