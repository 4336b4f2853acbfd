"""An analyst's corrections: `overrides.csv` in the user's folder, applied by every build.

    kind,url,words,occurrence,value,note
    verdict,https://law.example/1.html,《合同法》第一百零七条,1,in_force,讲的是1999年的案件
    date,https://law.example/2.html,,,2023-05-04,页脚是备案日期
    no_repost,https://law.example/3.html,,,https://other.example/9.html,同题不同文

A correction names a page's address, the words cited and which citation of those words it means;
never an id, so it survives every rebuild.  This module reads the file; `warehouse.correct` puts
the corrections over what a build found.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from crawler.decode import clean_text
from crawler.urls import canonicalize
from pipeline.cite.finding import Verdict
from warehouse.exits import InputError

COLUMNS: Final = ("kind", "url", "words", "occurrence", "value", "note")
_EARLIEST: Final = date(1990, 1, 1)  # as warehouse/sql/checks/future_dates.sql has it
_EASTERNMOST: Final = timezone(timedelta(hours=14))  # where a day begins first
MAX_NOTE: Final = 500  # characters; it is shown in a column


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One line of the file, checked; the order of the fields is that of staged_override."""

    line: int  # in the file, from 1
    kind: str  # verdict, date, no_repost
    url: str  # canonical
    words: str | None  # of a citation, as they stand in the text
    occurrence: int | None  # which citation with these words, from 1
    value: str  # a verdict, a date, a canonical URL
    published_on: date | None
    note: str


def read_overrides(file: Path) -> list[Override]:
    """Return the corrections in `file`, in its order; none where there is no such file.

    Raises:
        InputError: a line is not as documented; the message is `FILE:LINE: what, and the mend`.
    """
    if not file.is_file():
        return []
    reader = csv.reader(_text(file).splitlines(keepends=True), strict=True)
    try:
        columns = _header(file, next(reader, []))
        found = [
            _override(file, reader.line_num, columns, cells)
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise _error(file, reader.line_num, f"{error}; put texts with commas in quotes") from error
    _refuse_repeats(file, found)
    return found


def _text(file: Path) -> str:
    """Spreadsheet programs in China still save CSV as GBK."""
    content = file.read_bytes()
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise _error(file, line, "is neither UTF-8 nor GBK; save it as UTF-8")


def _header(file: Path, cells: list[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    while columns and not columns[-1]:  # spreadsheet programs save empty columns to the right
        columns.pop()
    for column in columns:
        if column not in COLUMNS:
            near = get_close_matches(column, COLUMNS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"write {','.join(COLUMNS)}"
            raise _error(file, 1, f"unknown column {column!r}; {hint}")
    missing = [column for column in COLUMNS if columns.count(column) != 1]
    if missing:
        raise _error(file, 1, f"{missing[0]} must be there once; write {','.join(COLUMNS)}")
    return columns


def _override(file: Path, line: int, columns: list[str], cells: list[str]) -> Override:
    cells, beyond = cells[: len(columns)], cells[len(columns) :]
    if any(cell.strip() for cell in beyond):
        raise _error(file, line, "has too many cells; put texts with commas in quotes")
    if len(cells) < len(columns):
        raise _error(file, line, f"has {len(cells)} cells instead of {len(columns)}; add commas")
    row = {name: clean_text(cell).strip() for name, cell in zip(columns, cells, strict=True)}
    try:
        return _READERS[_kind(row["kind"])](line, row)
    except ValueError as error:
        raise _error(file, line, str(error)) from None


def _verdict(line: int, row: Mapping[str, str]) -> Override:
    if not row["words"]:
        raise ValueError("words is empty; write the citation's words as they stand in the text")
    if row["value"] not in set(Verdict):
        near = get_close_matches(row["value"], list(Verdict), n=1)
        hint = f"did you mean {near[0]}?" if near else f"write one of {', '.join(Verdict)}"
        raise ValueError(f"value {row['value']!r} is no verdict; {hint}")
    return Override(
        line=line,
        kind="verdict",
        url=_url("url", row),
        words=row["words"],
        occurrence=_occurrence(row["occurrence"]),
        value=row["value"],
        published_on=None,
        note=_note(row),
    )


def _date(line: int, row: Mapping[str, str]) -> Override:
    _refuse_citation(row)
    try:
        year, month, day = row["value"].replace("/", "-").split("-")
        published_on = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"value {row['value']!r} is no date; write 2024-01-31") from None
    if not _EARLIEST <= published_on <= datetime.now(_EASTERNMOST).date():
        raise ValueError(f"value {row['value']!r} is no day of publication; write 2024-01-31")
    return Override(
        line=line,
        kind="date",
        url=_url("url", row),
        words=None,
        occurrence=None,
        value=published_on.isoformat(),
        published_on=published_on,
        note=_note(row),
    )


def _no_repost(line: int, row: Mapping[str, str]) -> Override:
    _refuse_citation(row)
    url, other = _url("url", row), _url("value", row)
    if url == other:
        raise ValueError("url and value are one address; write the two articles of the pair")
    return Override(
        line=line,
        kind="no_repost",
        url=url,
        words=None,
        occurrence=None,
        value=other,
        published_on=None,
        note=_note(row),
    )


_READERS: Final = {"verdict": _verdict, "date": _date, "no_repost": _no_repost}


def _kind(kind: str) -> str:
    if kind not in _READERS:
        near = get_close_matches(kind, list(_READERS), n=1)
        hint = f"did you mean {near[0]}?" if near else f"write {', '.join(_READERS)}"
        raise ValueError(f"unknown kind {kind!r}; {hint}")
    return kind


def _url(column: str, row: Mapping[str, str]) -> str:
    url = canonicalize(row[column])
    if url is None:
        raise ValueError(f"{column} {row[column]!r} is no address; write https://…")
    return url


def _occurrence(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100_000):
        raise ValueError(f"occurrence {text!r} is no number from 1; write 1 for the first")
    return int(text)


def _note(row: Mapping[str, str]) -> str:
    if not row["note"] or len(row["note"]) > MAX_NOTE:
        raise ValueError(f"note must say why, in at most {MAX_NOTE} characters; readers see it")
    return row["note"]


def _refuse_citation(row: Mapping[str, str]) -> None:
    if row["words"] or row["occurrence"]:
        raise ValueError("words and occurrence are for verdicts; leave them empty")


def _refuse_repeats(file: Path, overrides: list[Override]) -> None:
    seen: dict[object, int] = {}
    for one in overrides:
        pair = frozenset((one.url, one.value)) if one.kind == "no_repost" else one.url
        target = (one.kind, pair, one.words, one.occurrence)
        if target in seen:
            message = f"corrects the same as line {seen[target]}; remove one of them"
            raise _error(file, one.line, message)
        seen[target] = one.line


def _error(file: Path, line: int, message: str) -> InputError:
    return InputError(f"{file}:{line}: {message}")
