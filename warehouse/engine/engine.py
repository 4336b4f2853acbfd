"""What works on pieces, and how pieces fail.

An engine may be killed at any time and loses what is under way.  A piece that fails costs itself:
the others go on, and it is tried again by the next run.
"""

import errno
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from warehouse.engine.unit import Done, Unit

SAME_PATH: Final = "every node must see the folder, its archive and data/parts, under one path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A piece that came to nothing."""

    key: str  # of its unit
    segment: str
    reason: str
    is_full: bool  # a disk had no room


class Engine(Protocol):
    """What works on pieces."""

    @property
    def pages(self) -> int:
        """How many pages one piece has at most."""
        ...

    def run(self, units: Sequence[Unit]) -> Iterator[Done | Failed]:
        """Yield what became of each of `units`, as they end."""
        ...


def unseen(unit: Unit) -> Failed:
    """Return that `unit` was said to be done, and its part is not here."""
    return Failed(
        key=unit.key,
        segment=unit.segment,
        reason=f"{unit.part}: was written by a worker, and is not here; {SAME_PATH}",
        is_full=False,
    )


def failed(unit: Unit, error: BaseException) -> Failed:
    """Return that `error` ended `unit`; what ends the program is raised.

    Raises:
        KeyboardInterrupt, SystemExit: `error` is one.
    """
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error
    said = " ".join(str(error).split())
    is_full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    is_full = is_full or "No space left" in said or "File too large" in said
    return Failed(
        key=unit.key,
        segment=unit.segment,
        reason=f"{type(error).__name__}: {said}",
        is_full=is_full,
    )
