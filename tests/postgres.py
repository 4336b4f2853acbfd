"""A throw-away Postgres on loopback, for as long as a test session; absent, the tests say so."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest

from crawler.frontier.place import Dsn

USER: Final = "fatiao"
PASSWORD: Final = "geheim-und-lang"  # noqa: S105 - of a cluster that lives for a minute
_DEBIAN: Final = Path("/usr/lib/postgresql")
_TEMPLATE: Final = "template_frontier"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server."""

    programs: Path
    folder: Path
    port: int
    numbers: "count[int]"

    def dsn(self, database: str) -> Dsn:
        return Dsn(f"postgres://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}")

    def new_database(self) -> Dsn:
        """Make an empty database."""
        psycopg: Any = pytest.importorskip("psycopg", reason="fatiao[postgres] is not installed")
        name = f"test_{next(self.numbers)}"
        with psycopg.connect(self.dsn("postgres").url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.dsn(name)

    def start(self) -> None:
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -c fsync=off"
            f" -c unix_socket_directories={self.folder} -c max_connections=40"
        )
        self._run("pg_ctl", "start", "--wait", "-D", str(self.folder / "data"), "-o", options,
                  "-l", str(self.folder / "log"))  # fmt: skip

    def stop(self) -> None:
        """Stop it as an administrator would: sessions are ended, their transactions undone."""
        self._run("pg_ctl", "stop", "--wait", "-m", "fast", "-D", str(self.folder / "data"))

    def init(self) -> None:
        password = self.folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", USER, "--auth=scram-sha-256",
                  "--pwfile", str(password), "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
                  "--no-instructions")  # fmt: skip

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:  # which Postgres refuses to run as
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(
            command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        log = self.folder / "log"
        assert done.returncode == 0, (done.stdout, log.read_text() if log.exists() else "")


@contextmanager
def cluster() -> Generator[Cluster]:
    """Start a server in a new folder; stop it and remove the folder."""
    programs = _programs()
    if programs is None:
        pytest.skip("Postgres is not installed (Debian: apt install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="fatiao-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        made = Cluster(programs, folder, _free_port(), count(1))
        made.init()
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    found = sorted(_DEBIAN.glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
