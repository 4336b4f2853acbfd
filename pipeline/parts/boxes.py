"""Which boxes of a page are posts: they call themselves so, or hold what is known to be one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import LINKED, is_prose
from pipeline.dates import find_date
from pipeline.lines import Line, fold, path_of
from pipeline.parts.posts import is_furniture

MAX_POSTS: Final = 500
MIN_QUESTION: Final = 8  # letters of another question's linked title; names are shorter
MAX_LABELS: Final = 3  # lines above the first answer, one of which may say whose answers follow

_ANSWER_BOX: Final = re.compile(
    r"(?:^|[-_\s])(?:(?:best|good|other|law(?:yer)?|ask)[-_]?)?(?:answer|reply|huida|huifu|jieda)"
    r"(?:[-_]?(?:item|li|box|cont?|con|detail|info|one|\d+))?(?:$|[-_\s])",
    re.IGNORECASE,
)
_BOXES: Final = frozenset(("div", "li", "dd", "dl", "section", "article", "tr", "td"))
_COMMENTS: Final = re.compile(r"comment|pinglun|respond", re.IGNORECASE)
_OTHERS: Final = re.compile(
    r"^\W*(?:(?:相关|相似|类似|同类|热门|热点|最新|更多|推荐|精选|精彩)(?:的|法律|律师|在线|精选)?"
    r"(?:咨询|问题|问答|提问|解答|回答)|大家(?:都|也|还)?在?问|猜你.{0,6})\W*$"
)
_WHO: Final = re.compile(r"律师|事务所|律所|法务|专家")


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page that may be a thread."""

    root: HtmlElement
    lines: Sequence[Line]
    title: str
    fetched_at: datetime | None


def lines_in(page: ThreadPage, box: HtmlElement) -> list[Line]:
    """Return the lines of a page that stand in `box`."""
    inside = set(box.iter())
    return [line for line in page.lines if line.element in inside]


def largest_apart(page: ThreadPage, seeds: Sequence[int]) -> list[HtmlElement]:
    """Return around each line of `seeds` the largest element that has none of the others."""
    titles = [at for at, line in enumerate(page.lines) if fold(line.text) == fold(page.title)]
    marks = [page.lines[at].element for at in (*seeds, *titles[-1:])]
    times: dict[HtmlElement, int] = {}
    for element in marks:
        for box in path_of(element):
            times[box] = times.get(box, 0) + 1
    found = []
    for element in marks[: len(seeds)]:
        boxes = [box for box in path_of(element) if times[box] == 1]
        found.append(boxes[-1] if boxes else element)
    return found


def answer_boxes(page: ThreadPage) -> list[HtmlElement]:
    """Return the boxes that call themselves answers, one each; not those of comments."""
    candidates = [box for box in page.root.iter() if _is_answer_box(box)][:MAX_POSTS]
    chosen = set(candidates)
    around = Counter(
        outer for box in candidates for outer in box.iterancestors() if outer in chosen
    )
    single = [box for box in candidates if around[box] <= 1]  # of more, it is the list of them
    kept = set(single)
    outer = [box for box in single if kept.isdisjoint(box.iterancestors())]
    return [
        item
        for box in outer
        for item in _items(page, box)
        if any(not is_furniture(one) for one in lines_in(page, item))
    ]


def _items(page: ThreadPage, box: HtmlElement) -> list[HtmlElement]:
    """Return the dated items of one make that a box is a list of; the box where it is none."""
    for outer in box.iter():
        items = [one for one in outer if one.tag in _BOXES and _is_dated(page, one)]
        makes = {(one.tag, one.get("class")) for one in items}
        if len(items) > 1 and len(makes) == 1:
            return items
    return [box]


def _is_dated(page: ThreadPage, box: HtmlElement) -> bool:
    lines = lines_in(page, box)
    return any(map(is_prose, lines)) and any(
        find_date(line.spaced, page.fetched_at) for line in lines if is_furniture(line)
    )


def answer_others(page: ThreadPage, boxes: Sequence[HtmlElement]) -> bool:
    """Say whether `boxes` answer other pages' questions: each below a link to its own, or a label.

    Sites show them beside an article as well as beside a question.
    """
    places = [at for box in boxes if (at := _first_line(page, box)) is not None]
    labels = page.lines[max(0, min(places) - MAX_LABELS) : min(places)] if places else ()
    if any(_OTHERS.search(line.text) for line in labels):
        return True
    linked = sum(any(_asks_elsewhere(page, line) for line in page.lines[max(0, at - 1) : at + 1])
                 for at in places)  # fmt: skip
    return linked * 2 > len(places)


def _first_line(page: ThreadPage, box: HtmlElement) -> int | None:
    inside = set(box.iter())
    return next((at for at, line in enumerate(page.lines) if line.element in inside), None)


def _asks_elsewhere(page: ThreadPage, line: Line) -> bool:
    """Say whether a line is the linked title of another question, and no one's name."""
    text = fold(line.text)
    if line.link_share < LINKED or len(text) < MIN_QUESTION or text == fold(page.title):
        return False
    return not _WHO.search(line.text) or line.text.rstrip().endswith(("？", "?"))


def _is_answer_box(box: HtmlElement) -> bool:
    if box.tag not in _BOXES:
        return False
    names = f"{box.get('class') or ''} {box.get('id') or ''}"
    if not _ANSWER_BOX.search(names) or _COMMENTS.search(names):
        return False
    around = (f"{one.get('class') or ''} {one.get('id') or ''}" for one in box.iterancestors())
    return not any(map(_COMMENTS.search, around)) and next(box.iter("textarea"), None) is None
