"""Reading a tree as a browser would set it: blocks, line breaks, list marks, table rows.

>>> from lxml import html
>>> [line.marked for line in read_lines(html.fromstring("<ol><li>甲<br>乙<li>丙</ol>"))]
['1. 甲', '乙', '2. 丙']
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree
from lxml.html import HtmlElement

from pipeline.lines import Line, LineKind, squeeze
from pipeline.tables import is_data_table

_BLOCK_NAMES: Final = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu"
    " nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_SKIPPED_NAMES: Final = (
    "audio button canvas datalist embed frame frameset head iframe input map math noframes"
    " noscript object option optgroup script select style svg template textarea video"
)
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())  # never seen as text, or only as a control
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LISTS: Final = frozenset(("ol", "ul", "menu", "dir"))
# Not visibility: WeChat hides its whole text that way until a script has run.
_HIDING: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_EVENTS: Final = ("start", "end", "comment", "pi")
_SPACE: Final = re.compile(r"\s+")
# A source line that ends inside Chinese text: no space belongs there, and one would split 第…条.
_WRAPPED: Final = re.compile(
    r"(?<=[\u2e80-\u9fff，。、；：”》）]) *[\r\n]\s*(?=[\u2e80-\u9fff“《（])"
)
# A source line that ends with its sentence was typed as a line, though browsers run it on.
# So was one below which a line is set in, as paragraphs are.
_TYPED: Final = re.compile(r"(?<=[。！？；”])[ \t]*\r?\n\s*(?=\S)|[ \t]*\r?\n[ \t]*\u3000{2}(?=\S)")
_SET: Final = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)


def read_lines(root: HtmlElement) -> list[Line]:
    """Return the visible lines below `root` in document order."""
    reader = _Reader()
    reader.walk(root)
    return reader.lines


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
        walker = etree.iterwalk(root, events=_EVENTS)
        for event, node in walker:
            if event == "start":
                if node.tag in SKIPPED:
                    walker.skip_subtree()
                else:
                    self._open(node)
            else:
                if event == "end" and node.tag not in SKIPPED:
                    self._close(node)
                if node is not root and (tail := node.tail):
                    self._text(tail)
        self._flush()

    def _open(self, node: HtmlElement) -> None:
        tag = node.tag
        if tag in BLOCKS and not (self.rows and tag in ("td", "th", "p", "div")):
            self._flush()
            self.blocks.append(node)
            self._open_list(node, tag)
        elif tag == "br":
            self._break()
        elif tag == "img":
            self.image = self.image or not self._has_text()
        if tag == "table":
            self.tables.append(is_data_table(node))
        elif tag == "a":
            self.links += 1
        self.hidden += is_hidden(node)
        self.rows += tag == "tr" and self._in_data_table()
        if text := node.text:
            self._text(text)

    def _open_list(self, node: HtmlElement, tag: str) -> None:
        if tag == "ol":
            self.counters.append(_start(node.get("start")))
        elif tag in LISTS:
            self.counters.append(None)
        elif tag == "li":
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
            if tag in LISTS and self.counters:
                self.counters.pop()
            if tag == "li":
                self.mark = ""
        self.rows -= tag == "tr" and self._in_data_table()
        if tag == "table":
            self.tables.pop()
        if self.hidden:
            self.hidden -= is_hidden(node)

    def _in_data_table(self) -> bool:
        return bool(self.tables) and self.tables[-1]

    def _break(self) -> None:
        if self.rows:
            self.pieces.append(" ")
        else:
            self._flush()

    def _text(self, text: str) -> None:
        if not self.pieces and text.isspace():
            return  # a line does not begin with it
        if "\n" not in text:
            self._piece(text)
            return
        is_set = bool(self.blocks) and _is_set(self.blocks[-1])
        if not is_set and text.isspace():
            self._piece(text)
            return
        first, *others = text.split("\n") if is_set else _TYPED.split(text)
        self._piece(first)
        for other in others:
            self._break()
            self._piece(other)

    def _piece(self, text: str) -> None:
        self.pieces.append(text)
        if self.links:
            self.linked += len(_SPACE.sub("", text))

    def _has_text(self) -> bool:
        return any(piece.strip() for piece in self.pieces)

    def _flush(self) -> None:
        if not self.pieces:
            return
        pieces, linked, self.pieces, self.linked = self.pieces, self.linked, [], 0
        joined = "".join(pieces)
        if not self.blocks or joined.isspace():
            return
        text = squeeze(_unwrapped(joined))
        spaced = text if len(pieces) == 1 and "\n" not in joined else squeeze(" ".join(pieces))
        if self.rows:
            text = text.strip(" |")
        if not text:
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


def _is_set(block: HtmlElement) -> bool:
    """Say whether the lines of a block's source are shown as they are."""
    return block.tag == "pre" or _SET.search(block.get("style") or "") is not None


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub("", text) if "\n" in text or "\r" in text else text


def is_hidden(node: Any) -> bool:
    """Say whether the element's own markup hides it."""
    if node.get("hidden") is not None:
        return True
    style = node.get("style")
    return style is not None and _HIDING.search(style) is not None


def _start(written: str | None) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written) else 1
