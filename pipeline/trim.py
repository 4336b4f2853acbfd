"""What stands in the article's element and is not the article: head, tail and boxes.

Rules look at evidence, never at words alone in the middle of a text: a line that repeats the
title, one that begins with it and goes on (a copyright line), the echo of an earlier
paragraph cut off with dots, a box of links, a caption that recurs, a credit at either
end.  A line that cites a statute (第…条) is never dropped.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from pipeline.body import LINKED, in_boilerplate, is_cut_off, is_prose, within
from pipeline.furniture import (
    is_bare_date,
    is_credit,
    is_info,
    is_notice,
    is_picture_credit,
    offers_contact,
    sums_up,
)
from pipeline.leftovers import ad_marks, link_labels, states_name_and_day, up_to_end
from pipeline.lines import Line, LineKind, fold, path_of

MAX_CAPTION: Final = 80  # characters
MIN_ECHO: Final = 12  # letters that a cut-off line shares with the paragraph it echoes
MIN_REPEATED: Final = 6  # letters of a title that may recur by chance if shorter
MIN_TEASERS: Final = 2  # one link above a sentence that trails off may be the author's
LINKED_BOX: Final = 0.5  # share of link characters in a box of links
MAX_COUNT: Final = 3  # digits
MAX_TITLE_HEAD: Final = 4  # the title is repeated within the first lines or not at all

_STATUTE: Final = re.compile(r"第\s*[〇零一二两三四五六七八九十百千\d０-９]+\s*条")
_DOTS: Final = re.compile(r"[.…\[\]\s]+$")
_CAPTION_CLASS: Final = re.compile(
    r"caption|img[-_]?(?:desc|info|note|title)|pic[-_]?(?:desc|info|txt|title)", re.IGNORECASE
)


class Reason(StrEnum):
    """Why a line in the article's element is not of the article."""

    LINKS = "in a box of links, or the label above one"
    CAPTION = "caption of a picture: it recurs, is the title, or a credit"
    NAMED = "in a box named comments, related, share, ad or the like"
    TEASER = "title or summary of another article"
    TITLE = "the title again, or before it"
    HEAD = "before the text"
    TAIL = "after the text"


def trim(lines: Sequence[Line], element: HtmlElement, title: str) -> list[Line]:
    """Return those of `lines`, the visible lines of a page, that are the text in `element`."""
    *_, (_, left) = trim_steps(lines, element, title)
    return left


def trim_steps(
    lines: Sequence[Line], element: HtmlElement, title: str
) -> Iterator[tuple[Reason, list[Line]]]:
    """Yield for each rule, in the order of work, what it leaves of the lines in `element`."""
    inside = within(lines, element)
    is_titled = any(_repeats_title(line, title) for line in lines[: _position(lines, inside)])
    boxes: tuple[tuple[Reason, set[int]], ...] = (
        (Reason.LINKS, _link_boxes(inside, element) | link_labels(inside)),
        (Reason.CAPTION, _captions(inside, title)),
        (Reason.NAMED, _named_boxes(inside, element) | ad_marks(inside)),
    )
    left = inside
    for reason, dropped in boxes:
        left = [line for line in left if id(line) not in dropped]
        yield reason, left
    left = _without_teasers(left)
    yield Reason.TEASER, left
    left = _repeated_title(left, title) if is_titled else _up_to_title(left, title)
    yield Reason.TITLE, left
    left = _without_head(left)
    yield Reason.HEAD, left
    yield Reason.TAIL, _without_tail(left, title)


def trim_ends(lines: Sequence[Line], title: str) -> list[Line]:
    """Return `lines` without the credits, notices and links that open and close them."""
    return _without_tail(_without_head(lines), title)


def cites_statute(text: str) -> bool:
    """Say whether a line names an article of a statute, 第…条."""
    return _STATUTE.search(text) is not None


def _link_boxes(lines: Sequence[Line], element: HtmlElement) -> set[int]:
    saying: set[HtmlElement] = {element}
    others: list[Line] = []
    for line in lines:
        if _says(line):
            box: HtmlElement | None = line.element
            while box is not None and box not in saying:
                saying.add(box)
                box = box.getparent()
        else:
            others.append(line)
    groups: dict[HtmlElement, list[Line]] = {}
    for line in others:
        for outer in path_of(line.element):
            if outer in saying:
                break
            groups.setdefault(outer, []).append(line)
    return {id(line) for group in groups.values() if _is_link_box(group) for line in group}


def _named_boxes(lines: Sequence[Line], element: HtmlElement) -> set[int]:
    """Return the lines in boxes named comments and the like, if they are the lesser part."""
    known: dict[HtmlElement, bool] = {element: False}
    boxed = [line for line in lines if in_boilerplate(line.element, known)]
    if not boxed:
        return set()
    prose = sum(len(line.text) for line in boxed if is_prose(line) or cites_statute(line.text))
    if prose * 2 >= sum(len(line.text) for line in lines if is_prose(line)):
        return set()
    return {id(line) for line in boxed if not cites_statute(line.text)}


def _is_link_box(group: Sequence[Line]) -> bool:
    """Say whether lines that say nothing are links, or a lawyer's card: name, number, button."""
    if len(group) < 2:
        return False
    linked = sum(line.linked for line in group)
    if linked >= LINKED_BOX * sum(len(line.text) for line in group):
        return True
    return any(offers_contact(line.text) for line in group)


def _says(line: Line) -> bool:
    if is_prose(line) and not offers_contact(line.text):
        return True
    return cites_statute(line.text)


def _captions(lines: Sequence[Line], title: str) -> set[int]:
    near = [line for line in lines if _may_be_caption(line)]
    times = Counter(line.text for line in near)
    return {
        id(line)
        for line in near
        if times[line.text] > 1 or fold(line.text) == fold(title) or is_picture_credit(line.text)
    }


def _may_be_caption(line: Line) -> bool:
    if len(line.text) > MAX_CAPTION or cites_statute(line.text):
        return False
    if line.after_image or line.kind is LineKind.CAPTION:
        return True
    return _CAPTION_CLASS.search(line.element.get("class") or "") is not None


def _without_teasers(lines: Sequence[Line]) -> list[Line]:
    """Drop pairs of a linked title and a summary that is cut off: other articles."""
    pairs = [
        (id(title), id(summary))
        for title, summary in pairwise(lines)
        if title.link_share >= LINKED and is_cut_off(summary) and is_prose(summary)
        if not cites_statute(title.text + summary.text)
    ]
    dropped = {key for pair in pairs for key in pair} if len(pairs) >= MIN_TEASERS else set()
    return [line for line in lines if id(line) not in dropped]


def _position(lines: Sequence[Line], inside: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if inside and line is inside[0]), 0)


def _repeated_title(lines: Sequence[Line], title: str) -> list[Line]:
    """Drop a title that opens the text again; one after other lines is a heading of it."""
    for index, line in enumerate(lines[: MAX_TITLE_HEAD + 1]):
        if _repeats_title(line, title):
            return list(lines[index + 1 :])
        if not _opens_nothing(line):
            break
    return list(lines)


def _up_to_title(lines: Sequence[Line], title: str) -> list[Line]:
    """Drop the title and what stands before it, where the text's element holds the title."""
    for index, line in enumerate(lines):
        before = lines[:index]
        if any(cites_statute(earlier.text) for earlier in before) or sum(map(is_prose, before)) > 1:
            break
        if _repeats_title(line, title):
            return _without_date_line(_repeated_title(lines[index + 1 :], title))
    return _repeated_title(lines, title)


def _without_date_line(lines: list[Line]) -> list[Line]:
    """Drop a bare date right below the title; elsewhere it may be a statute's own."""
    return lines[1:] if lines and is_bare_date(lines[0].text) else lines


def _without_head(lines: Sequence[Line]) -> list[Line]:
    start = 0
    while start < len(lines) and _opens_nothing(lines[start]):
        start += 1
    return list(lines[start:])


def _repeats_title(line: Line, title: str) -> bool:
    """Say whether a line is the title, or a heading that is its first half."""
    own, whole = fold(line.text), fold(title)
    if own == whole or min(len(own), len(whole)) < MIN_REPEATED:
        return own == whole
    return line.kind is LineKind.HEADING and whole.startswith(own)


def _opens_nothing(line: Line) -> bool:
    if cites_statute(line.text):
        return False
    if line.link_share >= LINKED or is_credit(line.text) or is_info(line.text):
        return True
    if states_name_and_day(line):
        return True
    return not is_prose(line) and is_notice(line.text)


def says_what(line: Line) -> str:
    """Return in words what a line at the head or tail is by its wording and links; may be empty."""
    kinds = (
        (line.link_share >= LINKED, "a link"),
        (is_credit(line.text), "a credit: source, author, time, counts"),
        (is_info(line.text), "date and time"),
        (is_notice(line.text), "a notice, button or page number"),
        (_is_count(line), "no letter, or a small number"),
        (is_cut_off(line), "an earlier paragraph cut off"),
    )
    return next((words for holds, words in kinds if holds), "")


def _without_tail(lines: Sequence[Line], title: str) -> list[Line]:
    lines = up_to_end(lines)
    end = len(lines)
    while end and _closes_nothing(lines[end - 1], lines[: end - 1], title):
        end -= 1
    return list(lines[:end])


def _closes_nothing(line: Line, before: Sequence[Line], title: str) -> bool:
    if _begins_with_title(line, title):
        return True
    if cites_statute(line.text):
        return False
    if sums_up(line.text) and len(title) >= MIN_REPEATED and fold(title) in fold(line.text):
        return True
    if line.link_share >= LINKED or is_credit(line.text) or is_notice(line.text):
        return True
    return _is_count(line) or _echoes(line, before)


def _is_count(line: Line) -> bool:
    """Say whether a line has no letter but a small number: a button's `+1`, a count of comments."""
    letters = fold(line.text)
    return not letters or (len(letters) <= MAX_COUNT and letters.isdecimal())


def _begins_with_title(line: Line, title: str) -> bool:
    """Say whether a line is the title, and perhaps more that cites no statute."""
    own, whole = fold(line.text), fold(title)
    if len(whole) < MIN_REPEATED or not own.startswith(whole):
        return False
    return not cites_statute(own[len(whole) :])


def _echoes(line: Line, before: Iterable[Line]) -> bool:
    stem = fold(_DOTS.sub("", line.text))
    if not is_cut_off(line) or len(stem) < MIN_ECHO:
        return False
    return any(fold(earlier.text).startswith(stem) for earlier in before)
