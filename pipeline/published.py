"""When an article was published: where on its page to look, and what to believe.

First what is declared for machines, then what stands beside the title, then what is labelled
a date elsewhere.  Never a date in the text, a related article's, a footer's year, or a number in
the URL; unknown is better than wrong.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Final

from pipeline.body import LINKED
from pipeline.dates import Published, find_date, parse_calendar, parse_stamp
from pipeline.declared import Declared
from pipeline.furniture import is_info
from pipeline.lines import Line, squeeze
from pipeline.metadata import Surroundings, is_of, is_of_text, may_inform

MAX_DATE: Final = 40  # characters behind a label
MAX_SENTENCE: Final = 45  # characters; a longer line with commas is a summary that tells a story
BESIDE: Final = "beside the title"

_PUBLISHED: Final = re.compile(
    r"(?:发布|发表|发稿|刊发|提问|咨询|上传|录入)(?:时间|日期|于)?\s*[:：]?\s*(?=[\d０-９二一])"
)
_DATE_LABEL: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?:文章|本文|新闻|稿件|信息)?"
    r"(?:发布|发表|发稿|刊发|上传|更新|创建|编辑|提问)?(?:时间|日期|于)\s*[:：]?\s*(?=[\d０-９二一])"
)
_MARKED: Final = re.compile(  # of microformats, and of the systems that follow them
    r"(?:^|\s)(?:published|entry-date|dt-published|post-date|pubdate)(?:$|\s)"
)
_READ: Final = re.compile(r"(?:阅读|浏览|点击|查看|人气)[^\d，。]{0,5}\d")
MAX_LATE: Final = 20  # lines below the text in which one with the counts of readers tells the day
_DATE_CLASS: Final = re.compile(r"date|time|calendar", re.IGNORECASE)
_COMMAS: Final = re.compile(r"[，；]")
_STAMPS: Final = ("datetime", "title", "data-time", "data-date", "data-datetime")


def find_published(
    around: Surroundings, declared: Declared, fetched_at: datetime | None
) -> Published | None:
    """Return the date of publication: declared, else shown between title and text."""
    claimed = _first(_in(place, parse_stamp(stamp, fetched_at)) for place, stamp in declared.dates)
    if claimed is not None and claimed.at is not None:
        return claimed
    shown = _shown(around, fetched_at)
    if claimed is None or (shown and shown.on == claimed.on):
        return shown or claimed
    return claimed


def _shown(around: Surroundings, fetched_at: datetime | None) -> Published | None:
    info = [line for line in around.info if not _tells_a_story(line)]
    outside = (*around.above, *around.below)
    return _first(
        chain(
            _stamped(info, fetched_at),
            _labelled(f"{BESIDE}, labelled", _PUBLISHED, around.info, fetched_at),
            (_in(BESIDE, find_date(line.spaced, fetched_at)) for line in info),
            _labelled("above or below, labelled", _DATE_LABEL, outside, fetched_at),
            _marked(around.below, fetched_at),
            _counted(around.late[:MAX_LATE], fetched_at),
            (_leaf(line, fetched_at) for line in (*around.info, *around.late)),
        )
    )


def _stamped(info: Iterable[Line], fetched_at: datetime | None) -> Iterator[Published | None]:
    """Yield what attributes of the info line say: `<span title="2025-11-02 21:04">前天</span>`."""
    for line in info:
        for element in line.element.iter():
            if not isinstance(element.tag, str) or element.tag == "a":
                continue
            for name in _STAMPS:
                if (stamp := element.get(name)) and is_of(element, line):
                    yield _in(f"attribute {name} {BESIDE}", parse_stamp(stamp, fetched_at))


def _tells_a_story(line: Line) -> bool:
    """Say whether a line is a summary rather than date, author and source."""
    if "。" in line.text:
        return True
    return len(line.text) > MAX_SENTENCE and len(_COMMAS.findall(line.text)) > 1


def _labelled(
    place: str, label: re.Pattern[str], lines: Iterable[Line], fetched_at: datetime | None
) -> Iterator[Published | None]:
    """Yield what follows `发布时间：` and its like."""
    for line in lines:
        match = label.search(line.spaced)
        if match and may_inform(line):
            behind = line.spaced[match.end() :][:MAX_DATE]
            yield _in(place, find_date(behind, fetched_at))


def _marked(lines: Iterable[Line], fetched_at: datetime | None) -> Iterator[Published | None]:
    """Yield the stamp of a `<time>` below the text that is marked as the day of publication."""
    for line in lines:
        for element in line.element.iter("time", "abbr"):
            said = _MARKED.search(element.get("class") or "") or element.get("pubdate") is not None
            stamp = element.get("datetime") or element.get("title") or ""
            if said and stamp and is_of(element, line) and is_of_text(element):
                yield _in("marked as published below the text", parse_stamp(stamp, fetched_at))


def _counted(lines: Iterable[Line], fetched_at: datetime | None) -> Iterator[Published | None]:
    """Yield the date of the only line below the text that counts its readers beside it.

    More than one such line is a list of other articles.
    """
    found = [
        line
        for line in lines
        if _READ.search(line.text) and is_info(line.text) and line.link_share < LINKED
    ]
    if len(found) == 1 and may_inform(found[0]):
        yield _in("below the text, with its readers", find_date(found[0].spaced, fetched_at))


def _leaf(line: Line, fetched_at: datetime | None) -> Published | None:
    """Return the date of a calendar leaf: an element of dates, day first, year and month below."""
    box = line.element.getparent()
    if box is None or not _DATE_CLASS.search(box.get("class") or ""):
        return None
    found = parse_calendar(squeeze(" ".join(box.itertext())), fetched_at)
    return _in("on a calendar leaf", found)


def _in(place: str, found: Published | None) -> Published | None:
    return replace(found, place=place) if found else None


def _first(candidates: Iterable[Published | None]) -> Published | None:
    return next((candidate for candidate in candidates if candidate is not None), None)
