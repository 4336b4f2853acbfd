"""What is written to a terminal shows, and does nothing else.

Titles, links and texts are other people's, and a command prints many of them.  On their way to a
terminal, characters that move its cursor, rename its window or turn the direction of text are
written as escapes, whatever command they come from.  Files and pipes get the bytes as they are:
JSON and CSV have escapes of their own.
"""

import re
import sys
from typing import Any, Final

_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Tame:
    """A text stream that lets no acting character pass."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        r"""Write `text`, its acting characters as escapes such as `\x1b`."""
        self._stream.write(tamed(text))
        return len(text)


def tamed(text: str) -> str:
    r"""Return `text` with its acting characters as escapes such as `\x1b`."""
    return _ACTING.sub(_escape, text)


def tame_terminal() -> None:
    """Tame standard output and standard error, each if it is a terminal.

    The program's own line of progress goes to `sys.__stderr__`, which stays as it is.
    """
    if sys.stdout.isatty():
        sys.stdout = Tame(sys.stdout)
    if sys.stderr.isatty():
        sys.stderr = Tame(sys.stderr)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
