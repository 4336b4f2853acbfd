"""Real `fatiao` processes over a folder: started, watched, and asked what they stored."""

import json
import os
import pty
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from tests.hostile.hosts import Host

ROOT: Final = Path(__file__).resolve().parents[2]
POLL_SECONDS: Final = 0.05
PATIENCE: Final = 600.0  # seconds; a process that takes longer hangs, however busy the machine

_TABLES: Final = ("tcp", "tcp6")
_LISTEN: Final = "0A"  # the kernel's TCP_LISTEN


@dataclass(slots=True)
class Watched:
    """A process whose largest memory is kept."""

    process: subprocess.Popen[str]
    started: float = field(default_factory=time.monotonic)
    peak_mb: float = 0.0  # of the process itself, not of its workers
    cpu_seconds: float = 0.0  # of the process itself; what it takes however busy the machine
    listening: set[str] = field(default_factory=set)  # local addresses, in hex as Linux has them
    output: str = ""
    errors: str = ""

    def wait(self) -> int:
        """Wait for the end; return the exit code."""
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        self.output, self.errors = self.process.communicate(timeout=PATIENCE)
        watcher.join()
        return self.process.returncode

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def _watch(self) -> None:
        while self.process.poll() is None:
            self.peak_mb = max(self.peak_mb, peak_of(self.process.pid))
            self.cpu_seconds = max(self.cpu_seconds, cpu_of(self.process.pid))
            self.listening |= listening(self.process.pid)
            time.sleep(POLL_SECONDS)


def peak_of(pid: int) -> float:
    """Return the largest resident memory the process `pid` has had, in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (OSError, ProcessLookupError):
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0")
    return int(line.split()[1]) / 1024


def cpu_of(pid: int) -> float:
    """Return the seconds that the process `pid` has computed."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (OSError, ProcessLookupError):
        return 0.0
    after_name = status.rpartition(")")[2].split()  # a name may hold spaces; then field 3
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def listening(pid: int) -> set[str]:
    """Return the addresses of the TCP ports at which `pid` or a process it started listens."""
    found: set[str] = set()
    for one in (pid, *_children(pid)):
        try:
            sockets = _files(one)
            tables = [Path(f"/proc/{one}/net/{name}").read_text("ascii") for name in _TABLES]
        except (OSError, ProcessLookupError):
            continue
        rows = [row.split() for table in tables for row in table.splitlines()[1:]]
        found |= {row[1] for row in rows if row[3] == _LISTEN and f"socket:[{row[9]}]" in sockets}
    return found


def _files(pid: int) -> set[str]:
    found: set[str] = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile, as the listing of the folder itself is
            found.add(str(file.readlink()))
    return found


def _children(pid: int) -> list[int]:
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except (OSError, ProcessLookupError):
        return []
    return [found for child in map(int, own) for found in (child, *_children(child))]


def write_config(
    folder: Path, sources: Mapping[str, Host | str | Sequence[str]], **options: Any
) -> None:
    """Write a fatiao.toml with one source each; options are those of every source."""
    values = {"delay": 0, "allow_private": True} | options
    lines = ["[fatiao]", 'contact = "owner@example.org"']
    for name, start in sources.items():
        first = start.url + "/" if isinstance(start, Host) else start
        lines += ["", "[[source]]", f'name = "{name}"', f"start = {json.dumps(first)}"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fatiao.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def start(folder: Path, *arguments: str, module: str = "warehouse.cli") -> Watched:
    """Start `fatiao ARGUMENTS` in `folder`."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return Watched(process)


def run(folder: Path, *arguments: str, module: str = "warehouse.cli") -> Watched:
    """Run `fatiao ARGUMENTS` in `folder` to its end."""
    watched = start(folder, *arguments, module=module)
    watched.wait()
    return watched


def run_in_terminal(folder: Path, *arguments: str) -> str:
    """Run `fatiao ARGUMENTS` in `folder` with a terminal for everything; return all it shows."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "warehouse.cli", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        stdin=its,
        stdout=its,
        stderr=its,
    )
    os.close(its)
    shown = b""
    with suppress(OSError):  # Linux says EIO where the last one at the other end has left
        while block := os.read(ours, 65_536):
            shown += block
    os.close(ours)
    assert process.wait(PATIENCE) >= 0
    return shown.decode("utf-8")


def frontier(folder: Path, sql: str, *values: object) -> list[Any]:
    connection = sqlite3.connect(folder / "data" / "frontier.sqlite")
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def published(folder: Path, sql: str) -> list[Any]:
    with duckdb.connect(str(folder / "public" / "fatiao.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def private(folder: Path, sql: str) -> list[Any]:
    """Ask the private warehouse, which holds more than is published."""
    with duckdb.connect(str(folder / "data" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def words(folder: Path, source: str) -> dict[str, tuple[int | None, str, str | None]]:
    """Return status, kind and error of the last request for each path of a source."""
    rows = frontier(
        folder,
        "SELECT url, status, fetch.kind, error FROM fetch JOIN url USING (url_id)"
        " WHERE source = ? ORDER BY fetch_id",
        source,
    )
    return {"/" + url.split("/", 3)[3]: (status, kind, error) for url, status, kind, error in rows}
