"""Cut the words of a statute into 条, 款 and 项, with offsets.

The words are lines: headings of parts and chapters begin with `#` or 第…章, an article with
第…条 and white space, and every other line is a further 款 or, where it begins with （一）, an 项.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.cite.numerals import NUMERAL_CHARS, NumeralError, parse_numeral


@dataclass(frozen=True, slots=True)
class Item:
    """A 项; offsets are half-open code points into the statute's words."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A 款 with its 项."""

    start: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """A 条, its heading left out; `suffix` is 1 in 第三百八十八条之一."""

    article: int
    suffix: int | None
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(slots=True)
class _Open:
    """A 条 whose lines are still being read."""

    article: int
    suffix: int | None
    lines: list[tuple[int, int]]


_HEADING: Final = re.compile(
    rf"第\s?(?P<article>[{NUMERAL_CHARS}]{{1,9}})\s?条"
    r"(?:之(?P<suffix>[一二三四五六七八九十]{1,3}))?(?:[\s　]+|$)"
)
_APPENDIX: Final = re.compile(
    r"(?:附件|附录|附表|附)[一二三四五六七八九十\d]{0,2}\s*(?:[：:]|[\s　]|$)"
)
_ITEM: Final = re.compile(r"[（(](?P<number>[一二三四五六七八九十]{1,3})[）)]")
_CHAPTER: Final = re.compile(
    r"(?:#|第[一二三四五六七八九十百零]{1,4}(?:分?编|章|节)(?:[\s　]|[^。；，]{0,40}$))"
)
_LARGEST_GAP: Final = (
    30  # articles deleted in a row; a larger step is a line that cites another law
)


def read_provisions(words: str) -> tuple[Provision, ...]:
    """Return the articles of a statute in order; none where it does not count in 条."""
    done: list[_Open] = []
    is_appendix = False
    for start, end in _lines(words):
        line = words[start:end]
        if _CHAPTER.match(line):
            continue
        last = done[-1] if done else None
        if last and _APPENDIX.match(line):
            is_appendix = True
        elif opened := _opened(line, start, end, last):
            if is_appendix and last and opened.article != last.article + 1:
                continue
            is_appendix = False
            done.append(opened)
        elif last and not is_appendix:
            last.lines.append((start, end))
    return tuple(_provision(words, each) for each in done)


def _lines(words: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in words.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _opened(line: str, start: int, end: int, last: _Open | None) -> _Open | None:
    """Return the article that begins with `line`, None where the line goes on with the last."""
    match = _HEADING.match(line)
    if match is None:
        return None
    try:
        article = parse_numeral(match["article"])
        suffix = parse_numeral(match["suffix"]) if match["suffix"] else None
    except NumeralError:
        return None
    if last and not _follows(last, article, suffix):
        return None
    return _Open(article, suffix, [(start + match.end(), end)])


def _follows(last: _Open, article: int, suffix: int | None) -> bool:
    if article == last.article:
        return (suffix or 0) > (last.suffix or 0)
    return last.article < article <= last.article + _LARGEST_GAP


def _provision(words: str, opened: _Open) -> Provision:
    paragraphs: list[Paragraph] = []
    for start, end in opened.lines:
        match = _ITEM.match(words, start)
        former = paragraphs[-1] if paragraphs else None
        if match and former:
            item = Item(parse_numeral(match["number"]), match.end(), end)
            paragraphs[-1] = Paragraph(former.start, end, (*former.items, item))
        elif start < end:
            paragraphs.append(Paragraph(start, end, ()))
    first, last = opened.lines[0][0], opened.lines[-1][1]
    return Provision(opened.article, opened.suffix, first, last, tuple(paragraphs))
