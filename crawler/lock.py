"""The project lock: one fatiao at a time works on a folder.

An flock, which the kernel frees when its holder dies: there is no stale lock to clean up.
"""

import fcntl
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from crawler.sources import Project


class LockedError(RuntimeError):
    """Another fatiao is working on the folder; try again later (exit code 75)."""

    def __init__(self, holder_pid: int | None, since: datetime | None, run_for: float) -> None:
        self.holder_pid = holder_pid
        self.since = since  # aware, UTC
        self.run_for = run_for  # seconds that the holder means to run
        started = f" since {since:%Y-%m-%d %H:%M} UTC" if since else ""
        super().__init__(f"another fatiao (process {holder_pid}) is at work{started}")


@contextmanager
def project_lock(project: Project, run_for: float | None = None) -> Generator[None]:
    """Hold the lock of `project`, naming how many seconds the run may take.

    Raises:
        LockedError: another process holds it.
    """
    project.lock.parent.mkdir(parents=True, exist_ok=True)
    with project.lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise _held_by(file.read()) from None
        holder = {
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "run_for": project.run_for if run_for is None else run_for,
        }
        file.seek(0)
        file.truncate()
        file.write(json.dumps(holder))
        file.flush()
        yield


def _held_by(text: str) -> LockedError:
    try:
        holder = json.loads(text)
        since = datetime.fromisoformat(holder["since"])
        return LockedError(int(holder["pid"]), since, float(holder["run_for"]))
    except (ValueError, KeyError, TypeError):
        return LockedError(None, None, 0.0)  # it has not written its name yet
