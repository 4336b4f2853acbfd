"""JSON Lines in and out, for the commands on single inputs."""

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from warehouse.exits import InputError

Json = dict[str, Any]

_TEXTS = {"text", "html_path"}  # keys whose values are strings


def is_many(path: Path) -> bool:
    """Return whether `path` is JSON Lines by its name."""
    return path.name.endswith((".jsonl", ".jsonl.gz"))


def read_text(path: Path) -> str:
    """Return the whole of a UTF-8 file.

    Raises:
        InputError: it is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} is not UTF-8; convert the file, or use `fatiao extract`"
            " on the page itself, which finds out the charset"
        ) from error


def read_lines(path: Path, *, required: Iterable[str]) -> Iterator[Json]:
    """Yield the objects of a JSON Lines file.

    Raises:
        InputError: a line is no JSON object, or lacks a key; the message names the line.
    """
    wanted = tuple(required)
    with _open(path) as lines:
        try:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _parse_row(line, wanted, f"{path}:{number}")
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise InputError(f"{path}: cannot be read to its end: {error}") from error


def write_lines(rows: Iterable[Json]) -> None:
    """Write `rows` to standard output as JSON Lines, each as soon as it is there."""
    out = sys.stdout.buffer  # UTF-8 whatever the locale says
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode(errors="replace") + b"\n")
    out.flush()


def _open(path: Path) -> TextIO:
    if path.name.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _parse_row(line: str, required: tuple[str, ...], where: str) -> Json:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: not an object")
    missing = [key for key in required if key not in row]
    if missing:
        raise InputError(f"{where}: lacks {', '.join(missing)}")
    for key in _TEXTS & row.keys():
        if not isinstance(row[key], str):
            raise InputError(f"{where}: {key}: not a string: {row[key]!r}")
    return row
