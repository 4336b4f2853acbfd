"""What has to be had before a host is asked, where several crawlers share a frontier."""

from collections.abc import Sequence
from math import inf
from typing import Final, Protocol


class Claims(Protocol):
    """Which sources and hosts are ours."""

    @property
    def elsewhere(self) -> Sequence[str]:
        """Hosts that are known to be others' now."""

    def claim(self, source: str, host: str) -> bool:
        """Make sure of both; False: the host is another's, and is in `elsewhere` from now on."""

    def may_send(self) -> bool:
        """Return whether a request that is sent now has ended before the host can be another's."""

    def asked_elsewhere(self, host: str) -> float:
        """Return how many seconds ago another may have asked `host`; inf from the second time."""

    def is_waiting(self) -> bool:
        """Return whether anything may become ours soon."""

    def require_all(self) -> None:
        """Have all sources of the run, as an import must.

        Raises:
            FrontierLockedError: another has one of them.
        """

    def tick(self) -> None:
        """Do what is to be done every second.

        Raises:
            LeaseLostError: what was ours is another's.
        """


class Alone:
    """There are no others: everything is ours."""

    elsewhere: Sequence[str] = ()

    def claim(self, source: str, host: str) -> bool:
        """Return that they are."""
        del source, host
        return True

    def may_send(self) -> bool:
        """Return that it may."""
        return True

    def asked_elsewhere(self, host: str) -> float:
        """Return that nobody has."""
        del host
        return inf

    def is_waiting(self) -> bool:
        """Return that nothing is to be waited for."""
        return False

    def require_all(self) -> None:
        """They are."""

    def tick(self) -> None:
        """Nothing is to be done."""


ALONE: Final = Alone()
