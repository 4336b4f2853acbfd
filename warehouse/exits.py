"""The exit codes, and the errors that are the user's to mend."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended, as the README lists it."""

    OK = 0
    DEGRADED = 10
    BROKEN = 20
    BLOCKED = 30
    NOT_PUBLISHED = 40
    USAGE = 64
    DATA = 65
    UNAVAILABLE = 69
    DISK = 74
    LOCKED = 75
    CONFIG = 78
    INTERRUPTED = 130
    TERMINATED = 143

    @classmethod
    def of_signal(cls, number: int) -> "Exit":
        """Return the code of a command that a signal ended, as shells count it."""
        return cls(128 + number)


class TerminatedError(RuntimeError):
    """SIGTERM came; what is done is kept, and the next run goes on."""


class InputError(ValueError):
    """An input that can't be read; the message names the place and the mend."""


class UsageError(ValueError):
    """The command line asks for what is not to be had; the message names the mend."""


class PublishError(RuntimeError):
    """The copy cannot be swapped in; what was public before still is."""


class EngineError(RuntimeError):
    """Pieces of work came to nothing; the message names one and the mend."""


class EngineFullError(EngineError):
    """The same, for want of room on a disk."""
