"""Figures for comparing texts and dates with a gold standard."""

import re
import unicodedata
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_LIST_MARK = re.compile(r"^\s*(?:-|\d+\.)\s+")


def trigram_f1(found: str, gold: str) -> float:
    """Return the F1 of the multisets of 3-character shingles, white space and width apart."""
    a, b = _shingles(found), _shingles(gold)
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def line_f1(found: str, gold: str, optional: list[str]) -> float:
    """Return the F1 of the lines, without list marks and white space; `optional` is neutral."""
    neutral = {_line(one) for one in optional}
    a = Counter(line for one in found.split("\n") if (line := _line(one)) and line not in neutral)
    b = Counter(line for one in gold.split("\n") if (line := _line(one)) and line not in neutral)
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def is_date_right(found: date | None, true: datetime, shown: str, precision: str) -> bool:
    """Return whether a date is right to the precision that the page shows.

    A page that prints only an age (`3天前`) has rounded it to the nearest unit, so the true time
    may lie half a unit to either side of it, and on another calendar day.
    """
    if found is None:
        return False
    if found == true.astimezone(BEIJING).date():
        return True
    if re.search(r"\d-\d", shown):
        return False
    half = _UNITS.get(precision, timedelta(seconds=1)) / 2
    return found in {
        (true - half).astimezone(BEIJING).date(),
        (true + half).astimezone(BEIJING).date(),
    }


def table(rows: list[tuple[object, ...]]) -> str:
    """Return rows as aligned columns; the first row is the heading."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    )


def _cell(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _shingles(text: str) -> Counter[str]:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return Counter(plain[i : i + 3] for i in range(len(plain) - 2))


def _line(text: str) -> str:
    return "".join(_LIST_MARK.sub("", text).split())
