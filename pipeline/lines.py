"""The visible lines of a page, in reading order: what every other rule talks about.

A line is what a browser would set on a line of its own: a paragraph, a heading,
a list item, a row of a data table, the text between two `<br>`.  Layout tables
fall apart into the lines of their cells.  Nothing is judged here.

>>> from lxml import html
>>> [line.marked for line in read_lines(html.fromstring("<ol><li>甲<br>乙<li>丙</ol>"))]
['1. 甲', '乙', '2. 丙']
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from lxml import etree
from lxml.html import HtmlElement

BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu"
    " nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What a reader never sees as text, or sees only as a control.
SKIPPED: Final = frozenset(
    "audio button canvas datalist embed frame frameset head iframe input map math noframes"
    " noscript object option optgroup script select style svg template textarea video".split()
)
MAX_CELL: Final = 80  # characters; a longer cell holds paragraphs, so the table is for layout
MIN_ROWS: Final = 2  # a table of one row or one column arranges things, it holds no data
MIN_COLUMNS: Final = 2
PARENTS_FOR_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_SPACE: Final = re.compile(r"\s+")


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
        return min(1.0, self.linked / len(self.text))


def read_lines(root: HtmlElement) -> list[Line]:
    """Return the visible lines below `root` in document order."""
    reader = _Reader()
    reader.walk(root)
    return reader.lines


def fold(text: str) -> str:
    """Return the letters and digits of `text` alone, width and case folded, for comparing."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in plain if char.isalnum())


def path_of(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield `element` and what it stands in, innermost first."""
    yield element
    yield from element.iterancestors()


def is_data_table(table: HtmlElement) -> bool:
    """Say whether a table holds data rather than arranging the page.

    Data: at least two rows and columns, no table inside, only short cells.
    """
    if next(table.iterdescendants("table", "form", "ul", "h1", "h2"), None) is not None:
        return False
    rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
    if len(rows) < MIN_ROWS or sorted(rows)[len(rows) // 2] < MIN_COLUMNS:
        return False
    cells = list(table.iter("td", "th"))
    lengths = [len("".join(cell.itertext()).strip()) for cell in cells]
    return max(lengths) <= MAX_CELL * 4 and sum(lengths) <= MAX_CELL * len(cells)


@dataclass(slots=True)
class _Reader:
    """Collects text until a block or a line break ends the line."""

    lines: list[Line] = field(default_factory=list)
    blocks: list[HtmlElement] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0  # open <a> elements
    hidden: int = 0  # open elements that are styled away
    rows: int = 0  # open rows of data tables
    mark: str = ""  # of the list item that has just begun
    image: bool = False
    counters: list[int | None] = field(default_factory=list)  # of the open lists
    tables: list[bool] = field(default_factory=list)  # open tables: does it hold data?

    def walk(self, root: HtmlElement) -> None:
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                if node.tag in SKIPPED:
                    walker.skip_subtree()
                else:
                    self._open(node)
            else:
                if event == "end" and node.tag not in SKIPPED:
                    self._close(node)
                if node is not root and node.tail:
                    self._text(node.tail)
        self._flush()

    def _open(self, node: HtmlElement) -> None:
        tag = node.tag
        if tag in BLOCKS and not (self.rows and tag in ("td", "th", "p", "div")):
            self._flush()
            self.blocks.append(node)
            self._open_list(node)
        elif tag == "br":
            self._break()
        elif tag == "img":
            self.image = self.image or not self._has_text()
        if tag == "table":
            self.tables.append(is_data_table(node))
        self.links += tag == "a"
        self.hidden += is_hidden(node)
        self.rows += tag == "tr" and self._in_data_table()
        self._text(node.text or "")

    def _open_list(self, node: HtmlElement) -> None:
        if node.tag == "ol":
            self.counters.append(_start(node.get("start")))
        elif node.tag in ("ul", "menu", "dir"):
            self.counters.append(None)
        elif node.tag == "li":
            self.mark = "- "
            if self.counters and self.counters[-1] is not None:
                self.mark = f"{self.counters[-1]}. "
                self.counters[-1] += 1

    def _close(self, node: HtmlElement) -> None:
        tag = node.tag
        self.links -= tag == "a"
        if tag in ("td", "th") and self.rows:
            self.pieces.append(" | ")
        if self.blocks and self.blocks[-1] is node:
            self._flush()
            self.blocks.pop()
            if tag in ("ol", "ul", "menu", "dir") and self.counters:
                self.counters.pop()
            if tag == "li":
                self.mark = ""
        self.rows -= tag == "tr" and self._in_data_table()
        if tag == "table":
            self.tables.pop()
        self.hidden -= is_hidden(node)

    def _in_data_table(self) -> bool:
        return bool(self.tables) and self.tables[-1]

    def _break(self) -> None:
        if self.rows:
            self.pieces.append(" ")
        else:
            self._flush()

    def _text(self, text: str) -> None:
        if self.blocks and self.blocks[-1].tag == "pre" and "\n" in text:
            first, *others = text.split("\n")
            self._piece(first)
            for other in others:
                self._flush()
                self._piece(other)
        elif text:
            self._piece(text)

    def _piece(self, text: str) -> None:
        self.pieces.append(text)
        if self.links:
            self.linked += len(_SPACE.sub("", text))

    def _has_text(self) -> bool:
        return any(piece.strip() for piece in self.pieces)

    def _flush(self) -> None:
        text = _SPACE.sub(" ", "".join(self.pieces)).strip(" |" if self.rows else " ")
        spaced = _SPACE.sub(" ", " ".join(self.pieces)).strip()
        linked, self.pieces, self.linked = self.linked, [], 0
        if not text or not self.blocks:
            return
        block = self.blocks[-1]
        line = Line(
            text=text,
            spaced=spaced,
            mark=self.mark,
            kind=self._kind(block),
            element=block,
            linked=linked,
            is_hidden=self.hidden > 0,
            after_image=self.image,
        )
        self.lines.append(line)
        self.mark, self.image = "", False

    def _kind(self, block: HtmlElement) -> LineKind:
        if self.rows:
            return LineKind.ROW
        if block.tag in HEADINGS:
            return LineKind.HEADING
        if block.tag == "figcaption":
            return LineKind.CAPTION
        return LineKind.ITEM if self.mark else LineKind.PLAIN


def is_hidden(node: Any) -> bool:
    """Say whether the element's own markup hides it."""
    if node.get("hidden") is not None:
        return True
    style = node.get("style")
    return style is not None and PARENTS_FOR_HIDING.search(style) is not None


def _start(written: str | None) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written) else 1
