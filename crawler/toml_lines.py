"""Where in a TOML file a key stands: parsers tell it of syntax only, not of values."""

import re
from typing import Final

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w-]+)\s*\]\]?")
_KEY: Final = re.compile(r"""\s*["']?([\w-]+)["']?\s*[=.]""")


def key_lines(text: str) -> dict[tuple[str, int, str | None], int]:
    """Return the line of each table and key, by table, count of that table, and key.

    Good enough for messages: a text over several lines that looks like TOML
    may shift a line, never a verdict.
    """
    lines: dict[tuple[str, int, str | None], int] = {}
    counts: dict[str, int] = {}
    table, index = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[2]
            index = counts[table] = counts.get(table, -1) + 1
            lines[table, index, None] = number
        elif key := _KEY.match(line):
            lines.setdefault((table, index, key[1]) if table else (key[1], 0, None), number)
    return lines
