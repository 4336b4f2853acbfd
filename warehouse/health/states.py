"""The words for how a source is doing, and what each means for a run's exit code."""

from enum import StrEnum
from typing import Final


class Health(StrEnum):
    """How a source is doing."""

    OK = "ok"
    DEGRADED = "degraded"  # works, but loses pages
    BROKEN = "broken"  # answers, and gives us nothing
    BLOCKED = "blocked"  # refuses us: robots, captcha, 403, 429
    UNREACHABLE = "unreachable"  # does not answer at all

    @property
    def exit_code(self) -> int:
        """What a run with such a source should end with, if nothing is worse."""
        return _EXIT_CODES[self]

    @property
    def gravity(self) -> int:
        """The larger, the worse; in the order of the exit codes of DESIGN.md."""
        return _WORST_LAST.index(self)


_EXIT_CODES: Final = {
    Health.OK: 0,
    Health.DEGRADED: 10,
    Health.BROKEN: 20,
    Health.UNREACHABLE: 20,
    Health.BLOCKED: 30,
}
_WORST_LAST: Final = (
    Health.OK,
    Health.DEGRADED,
    Health.BLOCKED,
    Health.BROKEN,
    Health.UNREACHABLE,
)
