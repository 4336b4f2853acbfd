"""How a command ends: from what was raised to one line and a documented exit code."""

import errno
import re
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Final

import click
import duckdb

from crawler.archive import ArchiveAwayError, ArchiveError
from crawler.frontier.trouble import FrontierError, FrontierLockedError
from crawler.lock import LockedError
from crawler.sources import ConfigError
from warehouse.exits import (
    EngineError,
    EngineFullError,
    Exit,
    InputError,
    PublishError,
    TerminatedError,
    UsageError,
)

GRACE_SECONDS: Final = 600.0  # a run may end its last batch and publish after its time
TERMINATED: Final = "terminated; run again to go on"

_CODES: Final[dict[type[Exception], Exit]] = {
    ConfigError: Exit.CONFIG,
    UsageError: Exit.USAGE,
    InputError: Exit.DATA,
    ArchiveAwayError: Exit.LOCKED,
    ArchiveError: Exit.DATA,
    FrontierLockedError: Exit.LOCKED,
    FrontierError: Exit.DATA,
    PublishError: Exit.NOT_PUBLISHED,
    EngineFullError: Exit.DISK,
    EngineError: Exit.UNAVAILABLE,
    duckdb.OutOfMemoryException: Exit.NOT_PUBLISHED,
}
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
# DuckDB and SQLite have no class of error for it.
_SAYS_FULL: Final = re.compile(
    r"No space left|disk is full|disk I/O error|File too large|max_temp_directory_size"
)
_SAYS_REFUSED: Final = re.compile(r"readonly database|Permission denied|unable to open database")


def end_with(error: BaseException) -> int:
    """Say what ended a command, and return its exit code; raise what users can't mend."""
    if isinstance(error, LockedError):
        return _locked(error)
    if isinstance(error, BrokenPipeError):
        sys.stderr.close()  # the reader went away, as `| head` does; nobody is there to tell
        return Exit.OK
    stopped = _stopped(error)
    if stopped is not None:
        return stopped
    if _is_refused(error):
        words = "this user may not write there: fatiao doctor names what to change"
        return _say(f"{error}; {words}", Exit.DISK)
    if is_full(error):
        return _say(f"{_place(error)}; free some space and run again, nothing is lost", Exit.DISK)
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return _say(_words(error), code)
    raise error


def terminated(_number: int, _frame: FrameType | None) -> None:
    """Answer SIGTERM: whatever is under way is undone, and the next run goes on."""
    sys.exit(_say(TERMINATED, Exit.TERMINATED))


def _stopped(error: BaseException) -> Exit | None:
    """Return the code of a command that a signal ended, or None."""
    if isinstance(error, click.Abort | KeyboardInterrupt) or _was(error, KeyboardInterrupt):
        return _say("interrupted; run again to go on", Exit.INTERRUPTED)
    if isinstance(error, TerminatedError):
        return _say(TERMINATED, Exit.TERMINATED)
    return Exit.TERMINATED if _was(error, SystemExit) else None  # `terminated` has said so


def _was(error: BaseException, kind: type[BaseException]) -> bool:
    """DuckDB wraps what a signal's handler raised into a RuntimeError of its own."""
    return isinstance(error, RuntimeError) and isinstance(
        error.__cause__ or error.__context__, kind
    )


def _is_refused(error: BaseException) -> bool:
    known = isinstance(error, PermissionError | duckdb.Error | sqlite3.Error | FrontierError)
    return known and _SAYS_REFUSED.search(str(error)) is not None


def is_full(error: BaseException) -> bool:
    """Say whether the disk is full, or refuses to be written."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    known = isinstance(error, duckdb.Error | sqlite3.Error | FrontierError)
    return known and _SAYS_FULL.search(str(error)) is not None


def _words(error: Exception) -> str:
    if not isinstance(error, duckdb.OutOfMemoryException):
        return str(error)
    mend = 'what was public stays; write a larger memory = "2GB" under [fatiao], and run again'
    return f"{_place(error).partition(' Possible')[0]}; {mend}"


def _place(error: BaseException) -> str:
    """Return the file and what is the matter, on one line."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split())


def _locked(error: LockedError) -> Exit:
    """Say nothing to cron while the other run is within its time: it would mail every hour."""
    is_late = error.since is not None and datetime.now(UTC) > error.since + timedelta(
        seconds=error.run_for + GRACE_SECONDS
    )
    if is_late:
        return _say(f"{error}, longer than it meant to be; look after it", Exit.LOCKED)
    return _say(str(error), Exit.LOCKED) if sys.stderr.isatty() else Exit.LOCKED


def _say(message: str, code: Exit) -> Exit:
    click.echo(f"fatiao: {message}", err=True)
    return code
