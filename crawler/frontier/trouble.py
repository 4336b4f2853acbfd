"""What is wrong with the frontier, as errors that name the file or the database."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_OF_THE_FILE: Final = frozenset({
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB,
})  # fmt: skip


class FrontierError(ValueError):
    """The frontier cannot be used; the message says why."""


class FrontierLockedError(FrontierError):
    """Something that is not this program holds the frontier; try again later (exit code 75)."""


class FrontierAwayError(FrontierLockedError):
    """Postgres cannot be reached, or has closed the connection; what was committed is whole."""


class LeaseLostError(FrontierLockedError):
    """Another worker has taken over what this one held; the open batch was undone."""


@contextmanager
def naming_troubles(path: Path) -> Generator[None]:
    """Turn SQLite's errors that are the file's at `path`, not a mistake in our SQL, into ours.

    Raises:
        FrontierLockedError: another program has kept it locked for as long as we wait.
        FrontierError: it is damaged, or the disk is full.
    """
    try:
        yield
    except sqlite3.Error as error:
        trouble = _trouble_of(path, error)
        if trouble is None:
            raise
        raise trouble from error


def _trouble_of(path: Path, error: sqlite3.Error) -> FrontierError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest only says more
    if code == sqlite3.SQLITE_BUSY:
        return FrontierLockedError(
            f"{path}: {error} by another program, such as a shell; end it and run again"
        )
    return FrontierError(f"{path}: {error}") if code in _OF_THE_FILE else None
