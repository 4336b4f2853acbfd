r"""Log lines that what a server sends cannot forge, hide or colour.

A log is read in a terminal and searched by line.  So control characters and those that turn the
direction of text are written as escapes, and further lines of one record are indented: no line
but the program's own begins with a time.

>>> OneRecord("%(message)s").format(logging.makeLogRecord({"msg": "a\x1b[2J\n2026 b"}))
'a\\x1b[2J\n    2026 b'
"""

import logging
import re
from typing import Final

_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)
_INDENT: Final = "\n    "


class OneRecord(logging.Formatter):
    """A formatter under which each record is one line, and what belongs to it indented."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as it is written."""
        text = super().format(record).replace("\n", _INDENT)
        return _HARMFUL.sub(_escape, text)


def tame_handlers() -> None:
    """Let all handlers of the root logger write in this way."""
    for handler in logging.getLogger().handlers:
        known = handler.formatter
        if known is not None and not isinstance(known, OneRecord):
            handler.setFormatter(OneRecord(known._fmt, known.datefmt))


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
