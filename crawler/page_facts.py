"""What the order of a page's lines says: its headline, its body, what surrounds them.

Facts only; `crawler.kind` weighs them.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.lines import Line, lines_of
from crawler.url_shape import url_shape
from crawler.urls import canonicalize

MIN_TITLE_LINK: Final = 8  # characters; menus and tags are shorter, articles' titles rarely
MIN_PROSE: Final = 30  # characters outside of links that make a line a sentence, not a label
PAIR_REACH: Final = 3  # lines from a linked title to its summary: author, date, category
REACH: Final = 5  # lines from one item of a list to the next, with author, date and counts between
NEAR: Final = 8  # lines from a headline to the line that names date and author
MIN_HEADING: Final = 2  # characters of a heading that may be the page's: 离婚
MIN_HEADLINE: Final = 6  # of another line
MIN_NAMED: Final = 10  # of one that stands later in the title, where site names stand too
MIN_BODY_LINE: Final = 4  # characters, with punctuation; others are labels as often as text
MAX_INFO: Final = 200  # characters of a line that names date and author
MAX_TITLE: Final = 300  # characters of <title>; the rest says nothing new

_NOISE: Final = re.compile(r"[\W_]+")
_TITLE_BREAK: Final = re.compile(r"\s*[|｜_–—·•»«>]\s*|\s+-+\s*|\s*-+\s+|-(?=[^-]*$)")
_COUNTER: Final = re.compile(
    r"[\d\s:：/年月日前分秒小时天周个.,\-()（）\[\]【】·•]+|阅读|浏览|评论|作者|来源|admin"
)
_WHO: Final = re.compile(r"(?:来源|作者|编辑|责编|出处|记者|发布者|发布人)\s*[:：]")
_WHEN: Final = re.compile(
    r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}|\d+\s*(?:秒|分钟|小时|天|周|个?月|年)前|刚刚|昨天|前天"
    r"|(?:发布|发表|更新|日期|时间|浏览|阅读|点击|查看|人气)(?:日期|时间|次数|量|数)?\s*[:：]"
)
_SENTENCE: Final = re.compile(r"[，。；：？！、]|[,;?!] ")
_NUMBER: Final = re.compile(r"\[?\d{1,4}\]?")
_SERIES: Final = re.compile(r"下一?[页頁]|尾页|末页|最后一页|last|next|»|›|>+|…", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What stands where on one page; counts of characters leave link text out."""

    title: str  # of <title>
    headline: Line | None  # the line that the title names and that leads nowhere else
    links_before_prose: int  # linked titles between headline and the first prose
    body: int  # characters of the body: prose after the headline, up to the first list
    prose: int  # characters of all prose
    pairs: int  # linked titles with a summary
    is_first_item: bool  # the body is the text of a linked heading, and there are more of its rank
    title_links: int
    names_when_or_who: bool  # beside the headline
    pages: int  # links of a series of pages: numbers and the way on
    own_text: int  # all characters outside of links
    lines: tuple[Line, ...]


def facts_of(tree: HtmlElement, url: str) -> PageFacts:
    """Return the facts of the page `tree`, fetched from `url`."""
    marked = _mark(lines_of(tree, url), page_key(url))
    lines = marked.lines
    title = " ".join((tree.findtext(".//title") or "").split())[:MAX_TITLE]
    at = _headline(marked, title)
    bodies = marked.bodies()
    start = _first_prose(marked, at, bodies)
    before = range(max(0, start - NEAR) if at is None else at + 1, start)
    return PageFacts(
        title=title,
        headline=None if at is None else lines[at],
        links_before_prose=sum(marked.is_title_link[n] for n in before),
        body=bodies[start],
        prose=sum(line.own for n, line in enumerate(lines) if marked.is_prose[n]),
        pairs=sum(marked.has_summary(n) for n in range(len(lines))),
        is_first_item=_is_first_item(marked, before),
        title_links=sum(marked.is_title_link),
        names_when_or_who=_names_when_or_who(marked, at, before),
        pages=_pages(tree, url),
        own_text=sum(line.own for line in lines),
        lines=tuple(lines),
    )


def plain(text: str) -> str:
    """Return `text` in small letters without punctuation and space, for comparing titles."""
    return _NOISE.sub("", text).lower()


def page_key(url: str) -> str:
    """Return `url` as it is alike under http and https, www., m. and neither."""
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|m|wap)\.", "", parts.hostname or "")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


@dataclass(frozen=True, slots=True)
class _Marked:
    """The lines of a page, each looked at once."""

    lines: list[Line]
    is_title_link: list[bool]
    is_prose: list[bool]

    def has_summary(self, n: int) -> bool:
        """Whether line `n` is a linked title with prose below it."""
        if not self.is_title_link[n]:
            return False
        for k in range(n + 1, min(n + 1 + PAIR_REACH, len(self.lines))):
            if self.is_title_link[k]:
                return False
            if self.is_prose[k]:
                return True
        return False

    def begins_list(self, n: int) -> bool:
        """Whether from line `n` on, the page names other pages; one link in a text does not."""
        if not self.is_title_link[n]:
            return False
        if self.has_summary(n):
            return bool(self.lines[n].heading) or any(self.is_title_link[n + 1 : n + 1 + REACH])
        return any(self.is_title_link[n + 1 : n + REACH])

    def bodies(self) -> list[int]:
        """Return for each line the characters of prose from it on to where a list begins."""
        sizes = [0] * (len(self.lines) + 1)
        for n in reversed(range(len(self.lines))):
            line = self.lines[n]
            is_text = line.own >= MIN_BODY_LINE and _SENTENCE.search(line.text)
            own = line.own if self.is_prose[n] or is_text else 0
            sizes[n] = 0 if self.begins_list(n) else own + sizes[n + 1]
        return sizes


def _mark(lines: list[Line], own: str) -> _Marked:
    return _Marked(
        lines, [_is_title_link(line, own) for line in lines], [_is_prose(line) for line in lines]
    )


def _is_title_link(line: Line, own: str) -> bool:
    if line.url is None or line.longest < MIN_TITLE_LINK or page_key(line.url) == own:
        return False
    if _WHO.search(line.text):
        return False
    label = _COUNTER.sub("", line.text)
    return line.is_link or len(label) - line.linked <= MIN_TITLE_LINK


def _is_prose(line: Line) -> bool:
    return line.own >= MIN_PROSE and line.own >= line.linked and not line.heading


def _headline(marked: _Marked, title: str) -> int | None:
    """Return where the line stands that the title begins with, or else names.

    Headings come before other lines, the beginning of the title before the rest of it.
    """
    whole = plain(title)
    first = plain(_TITLE_BREAK.split(title, maxsplit=1)[0])
    found: list[tuple[bool, int, int]] = []
    for n, line in enumerate(marked.lines):
        words = plain(line.text)
        is_elsewhere = marked.is_title_link[n] or (line.is_link and not line.heading)
        if is_elsewhere or len(words) < (MIN_HEADING if line.heading else MIN_HEADLINE):
            continue
        begins = whole.startswith(words) or (len(first) >= MIN_HEADLINE and words.startswith(first))
        if begins or (len(words) >= MIN_NAMED and words in whole):
            found.append((not begins, line.heading or 9, n))
    return min(found)[2] if found else None


def _first_prose(marked: _Marked, at: int | None, bodies: list[int]) -> int:
    """Return where the prose after the headline begins; without one, where most of it does."""
    begin = 0 if at is None else at + 1
    prose = [n for n in range(begin, len(marked.lines)) if marked.is_prose[n]]
    if at is not None:
        return prose[0] if prose else len(marked.lines)
    return max(prose, key=bodies.__getitem__, default=len(marked.lines))


def _is_first_item(marked: _Marked, before: range) -> bool:
    ranks = [marked.lines[n].heading for n in before if marked.has_summary(n)]
    if not ranks or not ranks[-1]:
        return False
    same = (n for n, line in enumerate(marked.lines) if line.heading == ranks[-1])
    return sum(marked.has_summary(n) for n in same) >= 3


def _names_when_or_who(marked: _Marked, at: int | None, before: range) -> bool:
    near = list(before[:NEAR]) if at is None else [*range(max(0, at - 3), at), *before[:NEAR]]
    for n in near:
        line = marked.lines[n]
        if at is not None and n > at and marked.is_title_link[n]:
            return False  # from here on dates are other pages'
        if len(line.text) < MAX_INFO and (_WHEN.search(line.text) or _WHO.search(line.text)):
            return True
    return False


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
