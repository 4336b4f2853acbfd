"""Lines and boxes inside the container that are the site's, told by how they recur.

What recurs is not yet the site's: authors of legal advice have formulas and set headings, and
quote the same provisions.  So a line that cites a statute is never one, nor what goes on with the
words of one, nor a label in the middle of a text; and where the prose stands, a line must recur on
most pages, not on a few.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
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
TOGETHER: Final = 0.9  # share of the places of two lines at which one goes on with the other
# A law by its name, without an article's number.
_NAMES_LAW: Final = re.compile(
    r"《[^《》]{1,40}(?:法|法典|条例|规定|解释|办法|细则|决定|意见|批复|通知|纪要|规则|指引)"
    r"(?:[（(][^（）()]{1,8}[）)])?》|民法典|宪法"
)
_ITEM: Final = re.compile(r"[（(][一二三四五六七八九十]+[）)]")  # 项, however short
# What no statute says: the site speaks, or a lawyer who wants to be asked.
_TO_THE_READER: Final = re.compile(
    r"您|微信|扫码|扫描|二维码|公众号|点击|热线|电话|客服|本站|本网|如有侵权|(?:免费|在线|立即)咨询"
)
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
Key = tuple[str, str]  # way and folded text of a line


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
    places: dict[Key, list[bool]] = defaultdict(list)
    first: dict[Key, Seen] = {}
    for page in pages:
        for seen, is_edge in zip(page, _edges(page, often), strict=True):
            if _key(seen) in often:
                places[_key(seen)].append(is_edge)
                first.setdefault(_key(seen), seen)
    prose = _prose_ways(pages, often)
    quoted = _quoted(pages, often)
    most = max(MOST, ceil(SHARE_OF_MOST * len(pages)))
    return tuple(
        Repeated(path=key[0], text=one.line.text, pages=counts[key], example=one.url)
        for key, one in sorted(first.items(), key=lambda item: (-counts[item[0]], item[0]))
        if key not in quoted
        and _is_the_sites(
            one.line,
            at_edge=sum(places[key]) >= AT_EDGE * len(places[key]),
            on_most=counts[key] >= most,
            apart=is_named(key[0]) and key[0] not in prose,
        )
    )


def _is_the_sites(line: Line, *, at_edge: bool, on_most: bool, apart: bool) -> bool:
    """Say whether a line that recurs is the site's, not the authors'."""
    if line.link_share >= LINKED:
        return True
    if at_edge:
        return apart or on_most
    return is_prose(line) and (on_most or apart)


def _quoted(pages: Pages, often: set[Key]) -> set[Key]:
    """Return the recurring lines that cite a statute or go on with the words of one.

    The second 款 of an article that is set out names no number: it recurs where the first does.
    """
    times: Counter[Key] = Counter()
    follows: Counter[tuple[Key, Key]] = Counter()
    quoted: set[Key] = set()
    for page in pages:
        for seen in page:
            times[_key(seen)] += 1
            if _key(seen) in often and _cites(seen.line.text):
                quoted.add(_key(seen))
        follows.update((_key(one), _key(other)) for one, other in pairwise(page) if _goes_on(other))
    pairs = [
        (one, other)
        for (one, other), count in follows.items()
        if one[0] == other[0] and count >= TOGETHER * max(times[one], times[other])
    ]
    known = 0
    while known < len(quoted):
        known = len(quoted)
        quoted |= {other for one, other in pairs if one in quoted}
    return quoted


def _cites(text: str) -> bool:
    """Say whether a line cites a statute, by number or, unless the site speaks, by name alone."""
    if cites_statute(text):
        return True
    return _NAMES_LAW.search(text) is not None and _TO_THE_READER.search(text) is None


def _goes_on(seen: Seen) -> bool:
    text = seen.line.text
    if _TO_THE_READER.search(text):
        return False
    return is_prose(seen.line) or _ITEM.match(text) is not None


def _key(seen: Seen) -> Key:
    return seen.way, seen.text


def _edges(page: Sequence[Seen], often: set[Key]) -> Iterator[bool]:
    """Say of each line whether no line of the page's own text stands before or after it."""
    own = [seen.is_kept and _key(seen) not in often for seen in page]
    before = list(accumulate(own, initial=0))
    for count in before[:-1]:
        yield count == 0 or count == before[-1]


def _prose_ways(pages: Pages, often: set[Key]) -> set[str]:
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
