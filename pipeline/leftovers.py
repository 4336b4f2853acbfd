"""What is left of boxes that are gone: labels of links, marks of ads, what follows the end.

Each goes by evidence beside it: a label by the links below it, the mark of an ad by saying
nothing else, what follows the end by the line that says that the text has ended.
"""

from collections.abc import Sequence
from typing import Final

from pipeline.body import LINKED, is_prose
from pipeline.furniture import is_end, is_related
from pipeline.lines import Line, LineKind, fold

MAX_AFTER_END: Final = 0.2  # share of the prose that may stand below a line that ends the text
MAX_NAME: Final = 10  # letters beside a date

_STATED: Final = ("time", "abbr")
_ADS: Final = frozenset(("广告", "廣告", "推广", "推廣", "advertisement", "advertising"))


def link_labels(lines: Sequence[Line]) -> set[int]:
    """Return the ids of lines such as 延伸阅读 and of the links that stand right below them."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if not is_related(line.text):
            continue
        below = at + 1
        while below < len(lines) and lines[below].link_share >= LINKED:
            below += 1
        if below > at + 1:
            found |= {id(one) for one in lines[at:below]}
    return found


def ad_marks(lines: Sequence[Line]) -> set[int]:
    """Return the ids of lines that say 广告 and nothing else."""
    return {id(line) for line in lines if line.kind is LineKind.PLAIN and fold(line.text) in _ADS}


def up_to_end(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` up to one that says that the text has ended, where little prose follows it."""
    for at, line in enumerate(lines):
        if is_end(line.text) and _prose(lines[at:]) <= MAX_AFTER_END * _prose(lines[:at]):
            return list(lines[:at])
    return list(lines)


def states_name_and_day(line: Line) -> bool:
    """Say whether a line is a marked date and at most a name beside it."""
    if is_prose(line) or any(mark in line.text for mark in "，。；！？"):
        return False
    dates = [one for one in line.element.iter(*_STATED) if one.text and one.text in line.text]
    rest = line.text
    for one in dates:
        rest = rest.replace(one.text.strip(), "")
    return bool(dates) and len(fold(rest)) <= MAX_NAME and any(c.isdigit() for c in line.text)


def _prose(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines if is_prose(line))
