"""Times as feeds and sitemaps write them.

>>> parse_date("Sat, 21 Nov 2026 10:00:00 GMT").isoformat()
'2026-11-21T10:00:00+00:00'
"""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

_BEIJING: Final = timezone(timedelta(hours=8))
_YEARS: Final = range(1990, 2101)  # a date outside of them is a default or a slip
_DATE: Final = re.compile(
    r"(\d{4})(?:[-/年.](\d{1,2})(?:[-/月.](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?)?)?"
)


def parse_date(text: str) -> datetime | None:
    """Return the time that `text`, of a feed or sitemap, names; Beijing's where it has no zone.

    Reads RFC 822, ISO 8601 and the free forms of Chinese systems (`2024/1/2 03:04`).
    """
    text = text.strip()[:64]
    moment = _iso_date(text) or _mail_date(text) or _free_date(text)
    if moment is None or moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_BEIJING)


def _iso_date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _free_date(text: str) -> datetime | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month or 1, day or 1, hour, minute, second, tzinfo=_BEIJING)
    except ValueError:
        return None
