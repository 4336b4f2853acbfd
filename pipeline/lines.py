"""The visible lines of a page, in reading order: what every other rule talks about.

A line is what a browser would set on a line of its own: a paragraph, a heading,
a list item, a row of a data table, the text between two `<br>`.  Layout tables
fall apart into the lines of their cells.  `pipeline.reader` makes them; nothing is judged here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

_NO_LETTERS: Final = re.compile(r"[\W_]+")


class LineKind(StrEnum):
    """What the markup says a line is."""

    PLAIN = "plain"
    HEADING = "heading"
    ITEM = "item"  # the first line of a list item
    ROW = "row"  # a row of a data table
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """One visible line and where it stands."""

    text: str  # white space collapsed; never empty
    spaced: str  # the same with a space wherever an element begins or ends
    mark: str  # "- ", "1. " or nothing
    kind: LineKind
    element: HtmlElement  # the innermost block around it
    linked: int  # characters of `text` inside links
    is_hidden: bool  # inside an element that the page's own style attribute hides
    after_image: bool  # nothing but white space stands between it and an image before it

    @property
    def marked(self) -> str:
        """The line as it is put out."""
        return self.mark + self.text

    @property
    def link_share(self) -> float:
        """Share of the characters that are links, 0 to 1."""
        return min(1.0, self.linked / len(self.text)) if self.linked else 0.0


@lru_cache(maxsize=4096)  # the lines of a page or two: each is folded for several rules
def fold(text: str) -> str:
    """Return the letters and digits of `text` alone, width and case folded, for comparing."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())


def squeeze(text: str) -> str:
    """Return `text` with its white space collapsed."""
    return " ".join(text.split())


def path_of(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield `element` and what it stands in, innermost first."""
    yield element
    yield from element.iterancestors()
