"""The moments at which a kill would hurt most, named, so that the tests can strike at each.

`reached` does nothing unless somebody listens, and only `tests/crash` does: no setting and no
environment variable can switch it on.

>>> reached(Point.BEFORE_COMMIT)
"""

from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """A moment between two steps that belong together."""

    BEFORE_ARCHIVE = "before_archive"  # a page is there, nothing of it is written
    AFTER_ARCHIVE = "after_archive"  # its record is written, perhaps still in memory
    BEFORE_COMMIT = "before_commit"  # records are on the disk, the frontier knows none of them
    AFTER_COMMIT = "after_commit"
    BEFORE_LOAD = "before_load"  # pages are cleaned, the warehouse has none of them
    INSIDE_LOAD = "inside_load"  # rows are written, the transaction is open
    AFTER_LOAD = "after_load"  # the warehouse has them, the frontier has not learned of it
    BEFORE_COPY = "before_copy"  # the snapshot's folder is there, nothing is in it
    BEFORE_REPORT = "before_report"  # the public database is written
    BEFORE_MANIFEST = "before_manifest"  # the report is, too
    BEFORE_RENAME = "before_rename"  # a snapshot is whole, under the name of one that is not
    AFTER_RENAME = "after_rename"  # it has its name, `public` points at the one before
    AFTER_SWAP = "after_swap"  # it is public, the oldest ones are still there
    BEFORE_REPLACE = "before_replace"  # segments are written anew, the frontier names the old
    AFTER_REPLACE = "after_replace"  # the frontier names the new, the old are still there


_listeners: list[Callable[[Point], None]] = []


def reached(point: Point) -> None:
    """Say that the program is at `point`."""
    for listener in _listeners:
        listener(point)


def listen(listener: Callable[[Point], None]) -> None:
    """Call `listener` at every point from now on; for tests."""
    _listeners.append(listener)
