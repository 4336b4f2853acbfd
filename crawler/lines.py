"""A page as its lines of text, as a reader meets them.

What a page is shows in the order of its lines: a title, then prose; or one
title after another that lead elsewhere.  That order survives every template,
whatever its tags and classes are called.
"""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from crawler.decode import clean_text
from crawler.urls import CanonicalUrl, canonicalize

_UNSEEN_TAGS: Final = "script style noscript template head select textarea svg iframe object"
_INLINE_TAGS: Final = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt
ruby s samp small span strike strong sub sup time tt u var wbr
"""
_UNSEEN: Final = frozenset(_UNSEEN_TAGS.split())
_INLINE: Final = frozenset(_INLINE_TAGS.split())
_EVENTS: Final = ("start", "end", "comment", "pi")
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Text that a page shows on one line or in one paragraph."""

    text: str
    linked: int  # characters of `text` that are link text
    longest: int  # characters of the longest single link in it
    url: CanonicalUrl | None  # where the first link in it leads; None without one to a page
    heading: int  # 1 to 6, or 0
    tags: frozenset[str]  # the elements around it

    @property
    def is_link(self) -> bool:
        """Whether the line is little but a link."""
        return self.url is not None and self.linked >= 0.8 * len(self.text)

    @property
    def own(self) -> int:
        """Characters that are not link text."""
        return max(0, len(self.text) - self.linked)


def lines_of(tree: HtmlElement, base: str) -> list[Line]:
    """Return the lines of the page `tree`, whose links are relative to `base`."""
    reader = _Reader(base)
    reader.walk(tree)
    return reader.lines


@dataclass(slots=True)
class _Reader:
    """Gathers text into lines while walking."""

    base: str
    lines: list[Line] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _linked: list[str] = field(default_factory=list)
    _longest: int = 0
    _in_link: int = 0  # characters of the link we are in
    _href: str | None = None  # the link we are in
    _first_href: str | None = None  # of the line
    _open: list[str] = field(default_factory=list)  # tags
    _headings: list[int] = field(default_factory=list)  # levels of those that are open

    def walk(self, tree: HtmlElement) -> None:
        """Read all that `tree` shows, in document order."""
        walker = etree.iterwalk(tree, events=_EVENTS)
        for event, node in walker:
            if event == "start":
                if node.tag in _UNSEEN:
                    walker.skip_subtree()
                else:
                    self._start(node, node.tag)
            else:
                if event == "end" and (tag := node.tag) not in _UNSEEN:
                    self._end(tag)
                if tail := node.tail:
                    self._add(tail)
        self._end_line()

    def _start(self, element: HtmlElement, tag: str) -> None:
        if tag not in _INLINE:
            self._end_line()
            if tag in _HEADINGS:
                self._headings.append(_HEADINGS[tag])
        elif tag == "a":
            self._href, self._in_link = element.get("href"), 0
        self._open.append(tag)
        if text := element.text:
            self._add(text)

    def _end(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_line()
            if tag in _HEADINGS:
                self._headings.pop()
        elif tag == "a":
            self._href = None
        self._open.pop()

    def _add(self, text: str) -> None:
        if text.isspace():
            if self._text:  # a line does not begin with it
                self._text.append(text)
            return
        self._text.append(text)
        if self._href:
            self._linked.append(text)
            self._first_href = self._first_href or self._href
            self._in_link += len(text.strip())
            self._longest = max(self._longest, self._in_link)

    def _end_line(self) -> None:
        if not self._text:
            return
        if text := _flat(self._text):
            href = self._first_href
            line = Line(
                text=text,
                linked=len(_flat(self._linked)),
                longest=self._longest,
                url=canonicalize(href, self.base) if href and href[0] != "#" else None,
                heading=self._headings[0] if self._headings else 0,
                tags=frozenset(self._open),
            )
            self.lines.append(line)
        self._text, self._linked, self._first_href = [], [], None
        self._longest = self._in_link = 0


def _flat(parts: list[str]) -> str:
    return " ".join(clean_text("".join(parts)).split()) if parts else ""
