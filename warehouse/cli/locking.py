"""Waiting for one's turn on a folder."""

import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import Final

from crawler.lock import LockedError, project_lock
from crawler.sources import Project

POLL_SECONDS: Final = 0.5


@contextmanager
def wait_for_lock(
    project: Project, run_for: float, on_wait: Callable[[LockedError], None]
) -> Generator[None]:
    """Hold the lock of `project` as `project_lock` does, after whoever holds it now is done.

    `on_wait` is called once, if there is somebody to wait for.
    """
    with ExitStack() as held:
        is_told = False
        while True:
            try:
                held.enter_context(project_lock(project, run_for=run_for))
                break
            except LockedError as error:
                if not is_told:
                    on_wait(error)
                is_told = True
                time.sleep(POLL_SECONDS)
        yield
