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
    DISK = 74
    LOCKED = 75
    CONFIG = 78
    INTERRUPTED = 130
    TERMINATED = 143


class InputError(ValueError):
    """An input that can't be read; the message names the place and the mend."""


class PublishError(RuntimeError):
    """The copy cannot be swapped in; what was public before still is."""
