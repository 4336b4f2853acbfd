"""The place inside a statute: 条, 之一, 款, 项, and lists and ranges of them."""

import re
from dataclasses import dataclass, replace
from typing import Final

from pipeline.cite.grammar import (
    INNER_PINPOINT,
    JOINT,
    LATER_INSERTED,
    LATER_WITHOUT_ORDINAL,
    NUMBER_IN_LIST,
    PINPOINT,
    SHARED_UNIT,
    SHARED_WITHOUT_ORDINAL,
    WITHOUT_ORDINAL,
)
from pipeline.cite.numerals import NumeralError, parse_numeral

_MAX_PARTS: Final = 80  # longer lists are no longer prose; bounds the work on hostile text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinpoint:
    """Numbers as written; None where the text names none."""

    article: int | None = None
    suffix: int | None = None  # 2 in 第十条之二
    article_end: int | None = None  # 46 in 第四十二条至第四十六条
    paragraph: int | None = None
    item: int | None = None
    item_end: int | None = None


NO_PINPOINT: Final = Pinpoint()


@dataclass(frozen=True, slots=True)
class Part:
    """One provision of a list, with its half-open span in code points."""

    start: int
    end: int
    pinpoint: Pinpoint


def read_parts(plain: str, at: int, within: Pinpoint | None = None) -> list[Part]:
    """Return the provisions that `plain` lists from `at` on; an empty list where it names none.

    `within` is the article that a leading 第二款 belongs to; without it the list must begin
    with an article.
    """
    parts: list[Part] = []
    while len(parts) < _MAX_PARTS:
        found = _shared(plain, at, within) or _single(plain, at, within)
        if not found and parts and within is not None:
            found = _later(plain, at, parts[-1].pinpoint)
        if not found:
            break
        parts += found
        joint = JOINT.match(plain, parts[-1].end)
        if joint is None:
            break
        at = joint.end()
        # After a comma only a new article continues the list: 第十条，第二款规定 starts a clause.
        within = None if joint[0].strip() in "，,；;" else parts[-1].pinpoint
    return parts


def _later(plain: str, at: int, former: Pinpoint) -> list[Part]:
    try:
        if former.suffix and (match := LATER_INSERTED.match(plain, at)):
            pinpoint = _pinpoint(match, NO_PINPOINT)
            return [Part(at, match.end(), replace(pinpoint, article=former.article))]
        if match := LATER_WITHOUT_ORDINAL.match(plain, at):
            return [Part(at, match.end(), _pinpoint(match, NO_PINPOINT))]
    except NumeralError:
        pass
    return []


def _single(plain: str, at: int, within: Pinpoint | None) -> list[Part]:
    match = PINPOINT.match(plain, at) or WITHOUT_ORDINAL.match(plain, at)
    base = NO_PINPOINT
    if match is None and within is not None:
        match, base = INNER_PINPOINT.match(plain, at), within
    if match is None or match.end() == at:
        return []
    try:
        part = Part(at, match.end(), _pinpoint(match, base))
    except NumeralError:
        return []
    # 第十条第一、二款: the article is written once, before the list.
    inner = [] if part.pinpoint.item else _shared(plain, part.end, part.pinpoint)
    return [replace(inner[0], start=at), *inner[1:]] if inner else [part]


def _pinpoint(match: re.Match[str], base: Pinpoint) -> Pinpoint:
    named = {name: parse_numeral(value) for name, value in match.groupdict().items() if value}
    article = named.get("article", named.get("range_from"))
    article_end = named.get("article_end", named.get("range_to"))
    item = named.get("item", named.get("item_bare"))
    if article is None and "suffix" in named:  # 之二 alone
        return Pinpoint(
            suffix=named["suffix"],
            paragraph=named.get("paragraph"),
            item=item,
            item_end=_end(item, named),
        )
    if article is None:
        paragraph = named.get("paragraph", base.paragraph if item else None)
        return replace(base, paragraph=paragraph, item=item, item_end=_end(item, named))
    return Pinpoint(
        article=article,
        suffix=named.get("suffix"),
        article_end=article_end if article_end and article_end > article else None,
        paragraph=named.get("paragraph"),
        item=item,
        item_end=_end(item, named),
    )


def _end(item: int | None, named: dict[str, int]) -> int | None:
    end = named.get("item_end")
    return end if item and end and end > item else None


def _shared(plain: str, at: int, within: Pinpoint | None) -> list[Part]:
    """Read 第三十五、三十六、三十八条: one unit after several numbers."""
    match = SHARED_UNIT.match(plain, at)
    if match is None and within is None:
        match = SHARED_WITHOUT_ORDINAL.match(plain, at)
    if match is None or (within is None and match["unit"] != "条"):
        return []
    base = within or NO_PINPOINT
    offset = match.start("numbers")
    numbers = list(NUMBER_IN_LIST.finditer(match["numbers"]))
    try:
        values = [parse_numeral(number["number"]) for number in numbers]
    except NumeralError:
        return []
    parts = [
        Part(offset + number.start(), offset + number.end(), _in_unit(base, match["unit"], value))
        for number, value in zip(numbers, values, strict=True)
    ]
    parts[0] = replace(parts[0], start=at)
    parts[-1] = replace(parts[-1], end=match.end())
    return [*parts[:-1], *_deepened(plain, parts[-1])]


def _in_unit(base: Pinpoint, unit: str, value: int) -> Pinpoint:
    if unit == "条":
        return Pinpoint(article=value)
    if unit == "款":
        return replace(base, paragraph=value, item=None, item_end=None)
    return replace(base, item=value, item_end=None)


def _deepened(plain: str, last: Part) -> list[Part]:
    """Add a 款 or 项 that follows the last number of a list."""
    match = INNER_PINPOINT.match(plain, last.end)
    if match is None or match.end() == last.end:
        return [last]
    try:
        return [Part(last.start, match.end(), _pinpoint(match, last.pinpoint))]
    except NumeralError:
        return [last]
