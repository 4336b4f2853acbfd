"""Dates as Chinese pages print them, read against the time of fetching.

A page says `2025-10-24 08:30`, `二〇二五年十月二十四日`, `34秒前` or `2个月前 (02-03)`; this
module says which day in Beijing that is, how precisely, and keeps the characters
it read.  Where on a page to look is for `pipeline.metadata` to know.

>>> find_date("更新于 2个月前 (02-03)", datetime(2025, 4, 5, 4, tzinfo=UTC)).on
datetime.date(2025, 2, 3)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

from pipeline.date_forms import (
    ABSOLUTE,
    AGO,
    CALENDAR,
    COMPACT,
    ENGLISH,
    MONTHS,
    WORD,
    WRITTEN,
    YEARLESS,
)

BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
FIRST_YEAR: Final = 1994  # China's first web pages; anything older is history being told
SLACK: Final = timedelta(hours=14)  # a clock of another zone may be that far ahead of ours


class Precision(StrEnum):
    """The unit to which a date is known."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article was published, as far as its page tells."""

    on: date  # the day in Beijing
    at: datetime | None  # aware, Beijing; None where the page tells no time of day
    precision: str  # a `Precision`
    evidence: str  # the very characters that were read
    place: str = ""  # where on the page: `meta article:published_time`, `above the text`


_UNITS: Final = {
    "秒": (timedelta(seconds=1), Precision.SECOND),
    "分": (timedelta(minutes=1), Precision.MINUTE),
    "小": (timedelta(hours=1), Precision.HOUR),
    "钟": (timedelta(hours=1), Precision.HOUR),
    "鐘": (timedelta(hours=1), Precision.HOUR),
    "天": (timedelta(days=1), Precision.DAY),
    "日": (timedelta(days=1), Precision.DAY),
    "周": (timedelta(weeks=1), Precision.WEEK),
    "週": (timedelta(weeks=1), Precision.WEEK),
    "星": (timedelta(weeks=1), Precision.WEEK),
}
_DAYS_BACK: Final = {"今": 0, "昨": 1, "前": 2}
_AFTERNOON: Final = frozenset(("下午", "傍晚", "晚上", "晚间", "晚", "pm", "p.m."))
_WIDE: Final = str.maketrans("０１２３４５６７８９：／．－", "0123456789:/.-")
_NOON: Final = 12


def find_date(text: str, fetched_at: datetime | None) -> Published | None:
    """Return the first date that `text` tells, or None.

    Relative times and dates without a year need `fetched_at` (aware).  A date after it
    is no date of this page and is passed over.
    """
    found: list[tuple[int, Published]] = []
    plain = text.translate(_WIDE)  # a character for a character: evidence is cut from `text`
    for pattern, reader in _READERS:
        for match in pattern.finditer(plain):
            published = reader(match, fetched_at)
            if published is not None and _is_possible(published, fetched_at):
                evidence = text[match.start() : match.end()].strip()
                found.append((match.start(), replace(published, evidence=evidence)))
                break
    return min(found, key=lambda pair: pair[0])[1] if found else None


def parse_stamp(text: str, fetched_at: datetime | None) -> Published | None:
    """Return the date that a machine-readable field holds: ISO 8601 and its looser kin."""
    stripped = text.strip()
    match = ABSOLUTE.match(stripped) or COMPACT.match(stripped)
    published = _absolute(match, fetched_at) if match else None
    return published if published and _is_possible(published, fetched_at) else None


def parse_calendar(text: str, fetched_at: datetime | None) -> Published | None:
    """Return the date on a leaf of a calendar, day before year and month: `21 / 2025 10`."""
    match = CALENDAR.match(text.replace("/", " "))
    published = _absolute(match, fetched_at) if match else None
    return published if published and _is_possible(published, fetched_at) else None


def _is_possible(published: Published, fetched_at: datetime | None) -> bool:
    if published.on.year < FIRST_YEAR:
        return False
    if fetched_at is None:
        return True
    if published.at is not None:
        return published.at <= fetched_at + SLACK
    return published.on <= (fetched_at.astimezone(BEIJING) + SLACK).date()


def _absolute(match: re.Match[str], _fetched_at: datetime | None) -> Published | None:
    part = match.groupdict()
    return _dated(match.group(), int(part["year"]), int(part["month"]), int(part["day"]), part)


def _written(match: re.Match[str], _fetched_at: datetime | None) -> Published | None:
    year = "".join(str(_digit(char)) for char in match["year"])
    if not year.isdecimal():
        return None
    return _dated(match.group(), int(year), _tens(match["month"]), _tens(match["day"]), {})


def _yearless(match: re.Match[str], fetched_at: datetime | None) -> Published | None:
    if fetched_at is None:
        return None
    month, day = int(match["month"]), int(match["day"] or match["day2"])
    year = _last_year_with(month, day, fetched_at)
    if match["which"]:
        year = fetched_at.astimezone(BEIJING).year - "今去前".index(match["which"][0])
    return _dated(match.group(), year, month, day, match.groupdict()) if year else None


def _english(match: re.Match[str], _fetched_at: datetime | None) -> Published | None:
    day = match["day1"] or match["day2"]
    if day is None:
        return None
    month = MONTHS[match["name"].lower()[:3]]
    clock = match.groupdict() | {"half": (match["half"] or "").lower()}
    return _dated(match.group(), int(match["year"]), month, int(day), clock)


def _ago(match: re.Match[str], fetched_at: datetime | None) -> Published | None:
    if fetched_at is None:
        return None
    if match["month"]:
        return _bracketed(match, fetched_at)
    count = _count(match)
    now, unit = fetched_at.astimezone(BEIJING), match["unit"]
    if unit[0] in "月年":
        months = round(count * (12 if unit == "年" else 1))
        precision = Precision.YEAR if unit == "年" and count >= 1 else Precision.MONTH
        on = _months_before(now.date(), months)
        return Published(on=on, at=None, precision=precision, evidence=match.group().strip())
    step, precision = _UNITS[unit[0]]
    # Days are rounded by some systems and cut off by others, so they are taken as they stand;
    # measured on a site of 150 articles: 147 right, and 145 taken as cut off.
    hours = timedelta(hours=int(match["hours"] or 0))
    return _at(now - hours - count * step, precision, match.group())


def _count(match: re.Match[str]) -> float:
    if match["word"]:
        return float(_tens(match["word"].replace("两", "二")))
    return float(match["count"]) if match["count"] else 0.5


def _bracketed(match: re.Match[str], fetched_at: datetime) -> Published | None:
    month, day = int(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else _last_year_with(month, day, fetched_at)
    return _dated(match.group(), year, month, day, {}) if year else None


def _word(match: re.Match[str], fetched_at: datetime | None) -> Published | None:
    if fetched_at is None:
        return None
    now, word, evidence = fetched_at.astimezone(BEIJING), match["word"], match.group().strip()
    if word[0] in "刚剛":
        return _at(now, Precision.MINUTE, evidence)
    if word[0] in _DAYS_BACK:
        day = now.date() - timedelta(days=_DAYS_BACK[word[0]])
        return _dated(evidence, day.year, day.month, day.day, match.groupdict())
    if word in ("上周", "上週", "上星期"):
        return _coarse(now.date() - timedelta(weeks=1), Precision.WEEK, evidence)
    if word == "去年":
        return _coarse(_months_before(now.date(), 12), Precision.YEAR, evidence)
    return _coarse(_months_before(now.date(), 1), Precision.MONTH, evidence)


def _dated(
    evidence: str, year: int, month: int, day: int, clock: dict[str, str | None]
) -> Published | None:
    try:
        on = date(year, month, day)
    except ValueError:  # 31 February
        return None
    hour = clock.get("hour")
    if hour is None:
        return _coarse(on, Precision.DAY, evidence)
    at = datetime.combine(on, time(), _zone(clock.get("zone")))
    at += timedelta(
        hours=_hour(int(hour), clock.get("half")),
        minutes=int(clock.get("minute") or 0),
        seconds=int(clock.get("second") or 0),
    )
    precision = Precision.MINUTE if clock.get("minute") else Precision.HOUR
    return _at(at, Precision.SECOND if clock.get("second") else precision, evidence)


def _coarse(on: date, precision: Precision, evidence: str) -> Published:
    return Published(on=on, at=None, precision=precision, evidence=evidence.strip())


def _at(at: datetime, precision: Precision, evidence: str) -> Published:
    local = at.astimezone(BEIJING).replace(microsecond=0)
    told = local if precision in (Precision.SECOND, Precision.MINUTE, Precision.HOUR) else None
    return Published(on=local.date(), at=told, precision=precision, evidence=evidence.strip())


def _hour(hour: int, half: str | None) -> int:
    if half in _AFTERNOON and hour < _NOON:
        return hour + _NOON
    return hour


def _zone(written: str | None) -> timezone:
    if written is None:
        return BEIJING
    if written == "Z":
        return UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _last_year_with(month: int, day: int, fetched_at: datetime) -> int | None:
    """Return the year of the last such day not after fetching; None: there is no such day."""
    today = fetched_at.astimezone(BEIJING).date()
    for year in range(today.year, today.year - 9, -1):  # 29 February may be 8 years back
        try:
            if date(year, month, day) <= today:
                return year
        except ValueError:
            continue
    return None


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _digit(char: str) -> int:
    return max(0, "〇一二三四五六七八九".find(char))


def _tens(written: str) -> int:
    if "十" not in written:
        return int("".join(str(_digit(char)) for char in written))
    tens, _, ones = written.partition("十")
    return 10 * (_digit(tens) or 1) + (_digit(ones) if ones else 0)


_Reader = Callable[[re.Match[str], datetime | None], Published | None]
_READERS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (ABSOLUTE, _absolute),
    (WRITTEN, _written),
    (AGO, _ago),
    (WORD, _word),
    (YEARLESS, _yearless),
    (ENGLISH, _english),
)
