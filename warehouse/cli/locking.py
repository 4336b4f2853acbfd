"""Waiting for one's turn on a folder."""

import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import Final

from crawler.lock import LockedError, project_lock
from crawler.sources import Project

POLL_SECONDS: Final = 0.5


@contextmanager
def wait_for_lock(project: Project, run_for: float) -> Generator[None]:
    """Hold the lock of `project` as `project_lock` does, after whoever holds it now is done."""
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(project_lock(project, run_for=run_for))
                break
            except LockedError:
                time.sleep(POLL_SECONDS)
        yield
