"""A web server before a made site: gzip as on most sites, and a log of what was asked for."""

import os
import subprocess
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket
from typing import Final

PATIENCE: Final = 30.0  # seconds until a server has to answer

_CONFIG: Final = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    default_type text/html;
    charset utf-8;
    log_format asked '$status $request_uri';
    access_log {folder}/access.log asked;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    gzip on;
    gzip_types text/xml application/xml application/rss+xml application/atom+xml;
    server {{
        listen 127.0.0.1:{port};
        {place}
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is being served."""

    url: str
    folder: Path

    def asked(self) -> list[tuple[int, str]]:
        """Return the status and target of every request so far."""
        time.sleep(0.2)  # nginx writes the line when the answer is sent
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        return [(int(line[:3]), line[4:]) for line in lines]

    def counts(self) -> Counter[str]:
        """Return how often each target was asked for."""
        return Counter(target for _, target in self.asked())


@contextmanager
def served(folder: Path, port: int, place: str) -> Generator[Site]:
    """Serve what the nginx directives `place` say, on loopback; the log goes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # the workers read what only we may
    text = _CONFIG.format(user=user, folder=folder, port=port, place=place)
    config.write_text(text, encoding="utf-8")
    with running(["nginx", "-c", str(config), "-e", f"{folder}/error.log"], port):
        yield Site(f"http://127.0.0.1:{port}", folder)


@contextmanager
def running(
    command: list[str], port: int, environment: dict[str, str] | None = None
) -> Generator[None]:
    """Run `command` until the block ends; it begins when `port` takes connections."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_for(port: int) -> None:
    """Wait until `port` of loopback takes connections.

    Raises:
        TimeoutError: it does not within `PATIENCE`.
    """
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
