"""Errors of the disk that say which file they are about.

Python names the file that could not be opened, but not the one that could not be written: on a
full disk it says `[Errno 28] No space left on device` and no more.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def naming(path: Path | str) -> Generator[None]:
    """Let an error of writing say that it was `path`.

    >>> with naming(Path("/dev/full")), Path("/dev/full").open("wb") as file:
    ...     _ = file.write(b"x")
    Traceback (most recent call last):
    OSError: [Errno 28] No space left on device: '/dev/full'
    """
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def sync(path: Path) -> None:
    """Wait until the disk has what was written to the file or folder `path`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
