"""Which element of a page holds the article: a score by where the prose stands.

A line of prose speaks for the elements around it, the less the farther out, as
in readability; then the choice climbs while the step outward adds hardly
anything but more prose (split paragraphs, boxes within the text).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lxml.html import HtmlElement

from pipeline.lines import Line, LineKind, path_of

# Lengths are characters and chosen for Chinese, where a sentence takes 15 to 40 of them.
MIN_PROSE: Final = 15  # shortest line with sentence punctuation that counts as prose
MIN_UNPUNCTUATED: Final = 40
MAX_LINKED: Final = 0.4  # share of link characters in prose
MAX_WEIGHT: Final = 200  # one endless line must not outvote twenty paragraphs
REACH: Final = 5  # how many elements outward a line speaks for
BOILER_TAGS: Final = frozenset(("nav", "aside", "footer"))
BOILER_NAMES: Final = re.compile(
    r"(?:^|[-_\s])(?:comments?|footer|foot|copyright|sidebar|aside|recommend|related?|hot|rank|"
    r"modal|popup|dialog|poster|share|nav|menu|breadcrumb|crumbs?|reply|login)(?:$|[-_\s\d])",
    re.IGNORECASE,
)

_SENTENCE: Final = re.compile(r"[，。！？；：、”…!?;]|[,.:](?=\s|$|[^\x00-\x7f])")
_CUT_OFF: Final = re.compile(r"(?:\.{3,}|…+|\[…\])\s*$")


def is_prose(line: Line) -> bool:
    """Say whether a line reads like running text rather than like a label or a link."""
    own = len(line.text) - line.linked
    if line.link_share > MAX_LINKED:
        return False
    if own >= MIN_UNPUNCTUATED:
        return True
    return own >= MIN_PROSE and _SENTENCE.search(line.text) is not None


def container(lines: Sequence[Line]) -> HtmlElement | None:
    """Return the element that holds the article; None where no line is prose."""
    scores = _scores(lines)
    if not scores:
        return None
    best = max(scores, key=lambda element: scores[element])
    return _climb(best, lines)


def within(lines: Sequence[Line], element: HtmlElement) -> list[Line]:
    """Return the lines that stand inside `element`."""
    return [line for line in lines if any(outer is element for outer in path_of(line.element))]


def _scores(lines: Sequence[Line]) -> Mapping[HtmlElement, float]:
    scores: dict[HtmlElement, float] = {}
    for line in lines:
        weight = _weight(line)
        if not weight:
            continue
        for distance, element in enumerate(path_of(_box(line))):
            if distance >= REACH or element.tag in ("body", "html"):
                break
            scores[element] = scores.get(element, 0.0) + weight / (distance + 1)
    return scores


def _box(line: Line) -> HtmlElement:
    """Return what speaks for a line: a paragraph says nothing of itself, its parent does."""
    element = line.element
    if element.tag in ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"):
        parent = element.getparent()
        return element if parent is None else parent
    return element


def _weight(line: Line) -> float:
    if line.kind is LineKind.HEADING or not is_prose(line) or _CUT_OFF.search(line.text):
        return 0.0
    weight = float(min(len(line.text) - line.linked, MAX_WEIGHT))
    return weight * 0.2 if _is_boilerplate(line) else weight


def _is_boilerplate(line: Line) -> bool:
    return any(_names_boilerplate(element) for element in path_of(line.element))


def _names_boilerplate(element: HtmlElement) -> bool:
    if element.tag in BOILER_TAGS:
        return True
    if element.tag in ("body", "html"):
        return False
    return BOILER_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _climb(element: HtmlElement, lines: Sequence[Line]) -> HtmlElement:
    inside = {id(line) for line in within(lines, element)}
    while (parent := element.getparent()) is not None and parent.tag not in ("body", "html"):
        wider = within(lines, parent)
        added = [line for line in wider if id(line) not in inside]
        prose = [line for line in added if _weight(line) and not _is_boilerplate(line)]
        if len(added) - len(prose) > len(prose) / 3:
            break
        element, inside = parent, {id(line) for line in wider}
    return element
