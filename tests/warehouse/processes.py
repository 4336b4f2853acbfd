"""Finding the processes that a command has started, and striking one."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def descendants(of: int) -> list[tuple[int, str]]:
    """Return the processes that descend from `of`, the nearest first, each with its command."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, waiting = [], [of]
    while waiting:
        for child in children.get(waiting.pop(0), []):
            waiting.append(child)
            command = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            found.append((child, command))
    return found


def forked(of: int) -> list[int]:
    """Return the processes that work on pages: the children of the server that forks them."""
    servers = [pid for pid, command in descendants(of) if "forkserver" in command]
    return [pid for server in servers[:1] for pid, _ in descendants(server)]


def struck(pids: list[int]) -> bool:
    """Kill the first of `pids`, if there is one that still is; say whether."""
    for pid in pids[:1]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            return True
    return False
