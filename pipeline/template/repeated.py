"""Lines and boxes inside the container that are the site's, told by how they recur.

What recurs is not yet the site's: authors of legal advice have formulas and set headings, and
quote the same provisions.  So a line that cites a statute is never one, nor a label in the middle
of a text; and where the prose stands, a line must recur on most pages, not on a few.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import LINKED, is_prose
from pipeline.lines import Line, fold
from pipeline.template.layout import Box, Repeated
from pipeline.template.places import inside, is_named
from pipeline.template.samples import Sample
from pipeline.trim import cites_statute

FEW: Final = 3  # pages, and SHARE_OF_FEW of them; measured by research on 62 pages of one site
SHARE_OF_FEW: Final = 0.05
MOST: Final = 5  # pages, and SHARE_OF_MOST of them
SHARE_OF_MOST: Final = 0.6  # stock phrases of authors recur on up to a tenth of a site's pages
AT_EDGE: Final = 0.8  # share of a line's places that have no text of the page's own on one side
SHARE_OF_PROSE: Final = 0.05  # share of all prose that makes a way one on which prose stands
LEFT_OUT: Final = 0.9  # share of a box's lines that reading the pages alone left out
_BOX_TAGS: Final = "div section aside ul ol dl table footer nav header form center figure fieldset"
BOX_TAGS: Final = frozenset(_BOX_TAGS.split())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """One line in the container of one page."""

    line: Line
    way: str  # from the container
    text: str  # folded
    is_kept: bool  # by reading the page alone
    url: str


Pages = Sequence[Sequence[Seen]]


def lines_of(sample: Sample, container: HtmlElement) -> list[Seen]:
    """Return the lines of a page that stand in its container."""
    inner, ways = set(container.iter()), dict[HtmlElement, str]()
    kept = {id(line) for line in sample.body}
    found: list[Seen] = []
    for line in sample.lines:
        if line.element not in inner:
            continue
        if line.element not in ways:
            ways[line.element] = inside(line.element, container)
        way = ways[line.element]
        seen = Seen(
            line=line, way=way, text=fold(line.text), is_kept=id(line) in kept, url=sample.url
        )
        found.append(seen)
    return found


def repeated_lines(pages: Pages) -> tuple[Repeated, ...]:
    """Return the lines that are the site's, the most frequent first."""
    few = max(FEW, ceil(SHARE_OF_FEW * len(pages)))
    counts = Counter(key for page in pages for key in {_key(seen) for seen in page if seen.text})
    often = {key for key, count in counts.items() if count >= few}
    places: dict[tuple[str, str], list[bool]] = defaultdict(list)
    first: dict[tuple[str, str], Seen] = {}
    for page in pages:
        for seen, is_edge in zip(page, _edges(page, often), strict=True):
            if _key(seen) in often:
                places[_key(seen)].append(is_edge)
                first.setdefault(_key(seen), seen)
    prose = _prose_ways(pages, often)
    most = max(MOST, ceil(SHARE_OF_MOST * len(pages)))
    return tuple(
        Repeated(path=key[0], text=one.line.text, pages=counts[key], example=one.url)
        for key, one in sorted(first.items(), key=lambda item: (-counts[item[0]], item[0]))
        if _is_the_sites(
            one.line,
            at_edge=sum(places[key]) >= AT_EDGE * len(places[key]),
            on_most=counts[key] >= most,
            apart=is_named(key[0]) and key[0] not in prose,
        )
    )


def _is_the_sites(line: Line, *, at_edge: bool, on_most: bool, apart: bool) -> bool:
    """Say whether a line that recurs is the site's, not the authors'."""
    if cites_statute(line.text):
        return False
    if line.link_share >= LINKED:
        return True
    if at_edge:
        return apart or on_most
    return is_prose(line) and (on_most or apart)


def _key(seen: Seen) -> tuple[str, str]:
    return seen.way, seen.text


def _edges(page: Sequence[Seen], often: set[tuple[str, str]]) -> Iterator[bool]:
    """Say of each line whether no line of the page's own text stands before or after it."""
    own = [seen.is_kept and _key(seen) not in often for seen in page]
    before = list(accumulate(own, initial=0))
    for count in before[:-1]:
        yield count == 0 or count == before[-1]


def _prose_ways(pages: Pages, often: set[tuple[str, str]]) -> set[str]:
    """Return the ways on which a good part of the pages' own prose stands."""
    sizes: Counter[str] = Counter()
    for page in pages:
        for seen in page:
            if seen.is_kept and _key(seen) not in often and is_prose(seen.line):
                sizes[seen.way] += len(seen.text)
    return {way for way, size in sizes.items() if size >= SHARE_OF_PROSE * sizes.total()}


def boxes(pages: Pages) -> tuple[Box, ...]:
    """Return the outermost named boxes whose lines were left out wherever they stood."""
    few = max(FEW, ceil(SHARE_OF_FEW * len(pages)))
    on: dict[str, set[int]] = defaultdict(set)
    lines: dict[str, list[Seen]] = defaultdict(list)
    for number, page in enumerate(pages):
        for seen in page:
            if not cites_statute(seen.line.text):
                for box in _boxes_around(seen.way):
                    on[box].add(number)
                    lines[box].append(seen)
    found: list[str] = []
    for box in sorted(lines, key=len):
        left_out = sum(1 for seen in lines[box] if not seen.is_kept)
        is_within = any(box.startswith(f"{outer} > ") for outer in found)
        if len(on[box]) >= few and left_out >= LEFT_OUT * len(lines[box]) and not is_within:
            found.append(box)
    return tuple(Box(path=box, pages=len(on[box]), says=_longest(lines[box])) for box in found)


def _boxes_around(way: str) -> Iterator[str]:
    steps = way.split(" > ")
    for number, step in enumerate(steps, 1):
        if is_named(step) and step.split(".")[0].split("#")[0] in BOX_TAGS:
            yield " > ".join(steps[:number])


def _longest(lines: Sequence[Seen]) -> str:
    return max((seen.line.text for seen in lines), key=len)
