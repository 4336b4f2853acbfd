"""Which element of a page holds the article: a score by where the prose stands.

A line of prose speaks for the elements around it, the less the farther out, as
in readability; then the choice climbs while the step outward adds hardly
anything but more prose (split paragraphs, boxes within the text).
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from pipeline.furniture import is_info
from pipeline.lines import Line, LineKind, fold, path_of

# Lengths are characters and chosen for Chinese, where a sentence takes 15 to 40 of them.
MIN_PROSE: Final = 15  # shortest line with sentence punctuation that counts as prose
MIN_UNPUNCTUATED: Final = 40
MAX_LINKED: Final = 0.4  # share of link characters in prose
MAX_WEIGHT: Final = 200  # one endless line must not outvote twenty paragraphs
NEAR_COPYRIGHT: Final = 4  # lines before and after a copyright line that go with it
FIRST_AFTER_TITLE: Final = 2.0  # the text mostly comes first below its title
DOUBTFUL: Final = 0.2  # what prose in comments, sidebars and summaries still counts
LINKED: Final = 0.6  # share of link characters from which a line is a link
MIN_LINK: Final = 6  # characters of a linked title
MIN_TEASERS: Final = 3  # summaries below links that make a list of other articles
REACH: Final = 5  # how many elements outward a line speaks for
BOILER_TAGS: Final = frozenset(("nav", "aside", "footer"))
BOILER_NAMES: Final = re.compile(
    r"(?:^|[-_\s])(?:comments?|footer|foot|copyright|sidebar|aside|recommend|related?|hot|rank|"
    r"modal|popup|dialog|poster|share|nav|menu|breadcrumb|crumbs?|login|ads?|advert\w*|guanggao)"
    r"(?:$|[-_\s\d])",
    re.IGNORECASE,
)

_IN_LINE: Final = "a b br em font i img mark small span strong sub sup u wbr"
_INLINE: Final = frozenset(_IN_LINE.split())
_SENTENCE: Final = re.compile(r"[，。！？；：、”…!?;]|[,.:](?=\s|$|[^\x00-\x7f])")
_COPYRIGHT: Final = re.compile(
    r"©|copyright|all rights reserved|版权所有|ICP备|公网安备|许可证(?:编)?号|举报电话",
    re.IGNORECASE,
)
# Not "……", which is how Chinese lets a sentence trail off.
_CUT_OFF: Final = re.compile(r"(?:\.{3,}|(?<!…)…|\[…\]|\[\.{3}\])$")
_LAST_OF_DOTS: Final = frozenset(".…]")  # looking for the pattern in each line costs more


def is_cut_off(line: Line) -> bool:
    """Say whether a line ends in dots, as summaries that were cut to a length do."""
    return line.text[-1:] in _LAST_OF_DOTS and _CUT_OFF.search(line.text) is not None


def is_prose(line: Line) -> bool:
    """Say whether a line reads like running text rather than like a label or a link."""
    own = len(line.text) - line.linked
    if line.linked and line.link_share > MAX_LINKED:
        return False
    if own >= MIN_UNPUNCTUATED:
        return True
    return own >= MIN_PROSE and _SENTENCE.search(line.text) is not None


def container(lines: Sequence[Line], title: str) -> HtmlElement | None:
    """Return the element that holds the article `title`; None where no line is prose."""
    weights = _weights(lines, title)
    scores = _scores(lines, weights)
    if not scores:
        return None
    for element in _around_first_prose(lines, weights, title):
        if element in scores:
            scores[element] *= FIRST_AFTER_TITLE
    best = max(scores, key=lambda element: scores[element])
    return _climb(best, lines, weights)


def within(lines: Sequence[Line], element: HtmlElement) -> list[Line]:
    """Return the lines that stand inside `element`."""
    inside = set(element.iter())
    return [line for line in lines if line.element in inside]


def _scores(lines: Sequence[Line], weights: Mapping[int, float]) -> dict[HtmlElement, float]:
    scores: dict[HtmlElement, float] = {}
    for line in lines:
        weight = weights[id(line)]
        if not weight:
            continue
        for distance, element in enumerate(path_of(_box(line))):
            if distance >= REACH or element.tag == "html":
                break
            scores[element] = scores.get(element, 0.0) + weight / (distance + 1)
    return scores


def _around_first_prose(
    lines: Sequence[Line], weights: Mapping[int, float], title: str
) -> Iterator[HtmlElement]:
    """Yield what surrounds the first prose after the title, as far as the title is outside."""
    at = _first(lines, title)
    if at is None:
        return
    first = next((line for line in lines[at + 1 :] if weights[id(line)] > 0), None)
    if first is None:
        return
    outer = set(path_of(lines[at].element))
    yield from (element for element in path_of(_box(first)) if element not in outer)


def _box(line: Line) -> HtmlElement:
    """Return what speaks for a line: a paragraph says nothing of itself, its parent does."""
    element = line.element
    if element.tag in ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"):
        parent = element.getparent()
        return element if parent is None else parent
    return _list_of(element) if element.tag == "div" else element


def _list_of(element: HtmlElement) -> HtmlElement:
    """Return the box of a `<div>` that is a paragraph among others, else the `<div>` itself."""
    parent = element.getparent()
    if parent is None or parent.tag in ("body", "html") or not _is_paragraph(element):
        return element
    beside = (one for one in (element.getprevious(), element.getnext()) if one is not None)
    name = element.get("class")
    is_one = any(_is_paragraph(one) and one.get("class") == name for one in beside)
    return parent if is_one else element


def _is_paragraph(element: HtmlElement) -> bool:
    """Say whether a `<div>` holds nothing but the text of one line."""
    if element.tag != "div" or element.get("id"):
        return False
    tags = [one.tag for one in element if isinstance(one.tag, str)]
    return _INLINE.issuperset(tags) and tags.count("br") <= 1


def _weights(lines: Sequence[Line], title: str) -> dict[int, float]:
    doubtful = teasers(lines) | _beside_copyright(lines)
    named: dict[HtmlElement, bool] = {}
    weights: dict[int, float] = {}
    for line in lines:
        weight = 0.0
        if _says_something(line):
            weight = float(min(len(line.text) - line.linked, MAX_WEIGHT))
            if id(line) in doubtful or in_boilerplate(line.element, named):
                weight *= DOUBTFUL
        weights[id(line)] = weight
    at = _first(lines, title)
    before = [id(line) for line in lines[: at or 0]]
    if at and sum(weights[key] for key in before) * 2 < sum(weights.values()):
        weights.update((key, weights[key] * DOUBTFUL) for key in before)
    return weights


def _says_something(line: Line) -> bool:
    """Say whether a line is running text, not a heading, a summary, or date and source."""
    if line.kind is LineKind.HEADING or not is_prose(line) or is_cut_off(line):
        return False
    return not is_info(line.text)


def _first(lines: Sequence[Line], title: str) -> int | None:
    whole = fold(title)
    return next((i for i, line in enumerate(lines) if whole and fold(line.text) == whole), None)


def _beside_copyright(lines: Sequence[Line]) -> set[int]:
    """Return the lines that share a box with a copyright line, and that line."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if _COPYRIGHT.search(line.text):
            near = lines[max(0, index - NEAR_COPYRIGHT) : index + NEAR_COPYRIGHT + 1]
            found |= {id(other) for other in near if _box(other) is _box(line)}
    return found


def teasers(lines: Sequence[Line]) -> set[int]:
    """Return the ids of summaries of other articles: prose right below a link, again and again."""
    found = {
        id(summary)
        for title, summary in itertools.pairwise(lines)
        if title.link_share >= LINKED and len(title.text) >= MIN_LINK and is_prose(summary)
    }
    return found if len(found) >= MIN_TEASERS else set()


def in_boilerplate(element: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Say whether the element or one around it names itself navigation, comments and the like.

    `known` remembers the answers of one page.
    """
    walked: list[HtmlElement] = []
    outer: HtmlElement | None = element
    answer: bool | None = None
    while outer is not None and (answer := known.get(outer)) is None:
        walked.append(outer)
        if _names_boilerplate(outer):
            answer = True
            break
        outer = outer.getparent()
    for outer in walked:
        known[outer] = bool(answer)
    return bool(answer)


def _names_boilerplate(element: HtmlElement) -> bool:
    if element.tag in BOILER_TAGS:
        return True
    if element.tag in ("body", "html"):
        return False
    names, own = element.get("class"), element.get("id")
    return bool(names or own) and _has_boiler_name(f"{names or ''} {own or ''}")


@lru_cache(maxsize=1024)  # the boxes of a site's pages have the same names
def _has_boiler_name(names: str) -> bool:
    return BOILER_NAMES.search(names) is not None


def _climb(
    element: HtmlElement, lines: Sequence[Line], weights: Mapping[int, float]
) -> HtmlElement:
    """Step outward as long as that adds hardly anything but prose.

    The lines inside an element are a run of all lines, so each is looked at once.
    """
    inside = within(lines, element)
    first = next(index for index, line in enumerate(lines) if line is inside[0])
    last = first + len(inside)
    while (parent := element.getparent()) is not None and parent.tag not in ("body", "html"):
        start, end = first, last
        while start and _is_inside(lines[start - 1], parent):
            start -= 1
        while end < len(lines) and _is_inside(lines[end], parent):
            end += 1
        if not _is_mostly_prose([*lines[start:first], *lines[last:end]], weights):
            break
        element, first, last = parent, start, end
    return element


def _is_inside(line: Line, element: HtmlElement) -> bool:
    return any(outer is element for outer in path_of(line.element))


def _is_mostly_prose(added: Sequence[Line], weights: Mapping[int, float]) -> bool:
    prose = sum(1 for line in added if weights[id(line)] >= MIN_PROSE)
    junk = sum(1 for line in added if line.link_share > MAX_LINKED or is_cut_off(line))
    labels = sum(1 for line in added if line.kind is not LineKind.HEADING) - prose
    return junk * 3 <= prose and labels <= prose
