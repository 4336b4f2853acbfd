"""Results of a query, written for eyes (a table), for a spreadsheet (CSV), for a program (JSON)."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from duckdb import DuckDBPyConnection
from wcwidth import wcwidth

from warehouse.cli.permitted import require_permitted, require_permitted_words

ROWS_SHOWN: Final = 200  # on a terminal; more is for --csv or a LIMIT
NARROWEST: Final = 8  # columns of a terminal; narrower cells say nothing

_GAP: Final = "  "
_NULL: Final = "NULL"
# A page's text must not move the cursor or recolour the terminal.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
# What spreadsheet programs take for the beginning of a formula.
# (East Asian editions take the full-width forms too.)
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one statement returned, whole."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


Render = Callable[[Result], str]


def run_statements(connection: DuckDBPyConnection, sql: str) -> list[Result]:
    """Run each statement of `sql`; those that return no rows have no result.

    Raises:
        duckdb.Error: a statement is wrong, or not allowed on a published file.
    """
    require_permitted_words(sql)
    results = []
    for statement in connection.extract_statements(sql):
        require_permitted(statement)
        done = connection.execute(statement)
        if done.description:
            columns = _unique([column[0] for column in done.description])
            results.append(Result(columns=columns, rows=tuple(done.fetchall())))
    return results


def as_csv(result: Result) -> str:
    """Return the result as CSV in which no cell of text is a spreadsheet's formula.

    Text that begins with `= + - @`, a tab or a line's end gets a `'` before it, as
    spreadsheet programs write such text themselves; NULL is an empty cell.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_harmless(column) for column in result.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in result.rows)
    return buffer.getvalue().rstrip("\n")


def as_json(result: Result) -> str:
    """Return the result as one JSON array with an object a row, a row a line."""
    lines = [
        json.dumps(
            dict(zip(result.columns, map(_finite, row), strict=True)),
            ensure_ascii=False,
            default=_plain,
        )
        for row in result.rows
    ]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def as_table(result: Result, width: int | None = None) -> str:
    """Return the result as an aligned table, at most `width` columns wide where that is given.

    Characters count as wide as a terminal shows them, two columns for a Chinese one; what does
    not fit ends in `…`.  Where there are too many columns to say anything, each row is written
    as a list instead, a column a line.
    """
    shown = result.rows if width is None else result.rows[:ROWS_SHOWN]
    if width is not None and len(result.columns) * (NARROWEST + len(_GAP)) > width:
        return _as_lists(result, shown, width)
    cells = [list(result.columns)] + [[_table_cell(value) for value in row] for row in shown]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _fit(widths, width)
    numeric = [_is_numeric(column) for column in zip(*shown, strict=True)] or [False] * len(widths)
    lines = [_line(row, widths, numeric) for row in cells]
    lines.insert(1, _GAP.join("─" * columns for columns in widths))
    return "\n".join([*lines, _count(len(result.rows), len(shown))])


def _as_lists(result: Result, shown: Sequence[tuple[Any, ...]], width: int) -> str:
    named = max(map(_width, result.columns))
    room = max(width - named - len(_GAP), NARROWEST)
    lines = []
    for number, row in enumerate(shown, start=1):
        lines.append(f"── {number} " + "─" * max(named - 4, 0))
        for name, value in zip(result.columns, row, strict=True):
            text = _table_cell(value)
            cells = (_align(name, named), _align(text, min(_width(text), room)))
            lines.append(_GAP.join(cells).rstrip())
    return "\n".join([*lines, _count(len(result.rows), len(shown))])


def _count(rows: int, shown: int) -> str:
    rest = f", the first {shown} shown" if shown < rows else ""
    return f"({rows} {'row' if rows == 1 else 'rows'}{rest})"


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Two columns may have one name; in a JSON object they may not."""
    seen: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in seen:
            number += 1
            candidate = f"{name}_{number}"
        seen.append(candidate)
    return tuple(seen)


def _finite(value: Any) -> Any:
    """JSON has no NaN and no infinity."""
    return None if isinstance(value, float) and not isfinite(value) else value


def _plain(value: Any) -> Any:
    """Return `value` in a type that JSON has."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return float(value)
        case bytes():
            return value.hex()
        case _:
            return str(value)


def _csv_cell(value: Any) -> Any:
    match value:
        case None | int() | float() | Decimal():
            return value
        case str():
            return _harmless(value)
        case list() | dict() | tuple():
            return json.dumps(value, ensure_ascii=False, default=_plain)
        case _:
            return str(_plain(value))


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def _table_cell(value: Any) -> str:
    match value:
        case None:
            return _NULL
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case timedelta():
            return str(timedelta(seconds=round(value.total_seconds())))
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.1f}"
        case list() | dict():
            return _CONTROL.sub(" ", json.dumps(value, ensure_ascii=False, default=_plain))
        case _:
            return _CONTROL.sub(" ", str(value))


def _is_numeric(column: Sequence[Any]) -> bool:
    values = [value for value in column if value is not None]
    numbers = int | float | Decimal
    return bool(values) and all(
        isinstance(value, numbers) and not isinstance(value, bool) for value in values
    )


def _width(text: str) -> int:
    return sum(max(wcwidth(char), 0) for char in text)


def _fit(widths: list[int], total: int) -> list[int]:
    """Narrow the widest columns, all to one width, until the table fits or says nothing more."""
    room = total - len(_GAP) * (len(widths) - 1)
    cap = max(widths, default=0)
    while cap > NARROWEST and sum(min(width, cap) for width in widths) > room:
        cap -= 1
    return [min(width, cap) for width in widths]


def _line(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    cells = zip(row, widths, numeric, strict=True)
    aligned = (_align(text, width, ">" if right else "<") for text, width, right in cells)
    return _GAP.join(aligned).rstrip()


def _align(text: str, width: int, side: str = "<") -> str:
    text = _clip(text, width)
    padding = " " * (width - _width(text))
    return padding + text if side == ">" else text + padding


def _clip(text: str, width: int) -> str:
    """Cut `text` to `width` terminal columns; a page's whole text may stand in a cell."""
    if len(text) * 2 <= width or _width(text) <= width:
        return text
    used = 0
    for place, char in enumerate(text):
        used += max(wcwidth(char), 0)
        if used > width - 1:
            return text[:place] + "…"
    return text
