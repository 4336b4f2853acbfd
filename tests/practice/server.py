"""Serves the three practice sites on loopback and remembers what was asked for.

>>> import urllib.request
>>> with serve() as practice:
...     with urllib.request.urlopen(practice.sites["yanxi"] + "/") as answer:
...         answer.status, practice.requests["yanxi", "/"]
(200, 1)

`python -m tests.practice.server [FIRST_PORT]` serves until Ctrl-C.
"""

import hashlib
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from tests.practice import poster, table, tpure
from tests.practice.web import Request, Response

RESPONDERS: Final[dict[str, Callable[[Request], Response | None]]] = {
    "yanxi": tpure.respond,
    "qinghe": poster.respond,
    "fayuan": table.respond,
}
ANY_PORTS: Final = (0, 0, 0)
DEMO_PORTS: Final = (8701, 8702, 8703)  # fixed: a repeated demo must meet the same URLs


class PortInUseError(OSError):
    """A port that was asked for is taken by another program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The running sites and what they were asked for; targets hold path and query."""

    sites: dict[str, str]  # name -> base URL without a slash at the end
    requests: Counter[tuple[str, str]] = field(default_factory=Counter)  # (site, target)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)  # (site, HTTP status)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, site: str, target: str, status: int) -> int:
        """Note one answered request and return how often its target was asked for before."""
        with self.lock:
            self.statuses[site, status] += 1
            self.requests[site, target] += 1
            return self.requests[site, target] - 1


@contextmanager
def serve(now: datetime | None = None, ports: Sequence[int] = ANY_PORTS) -> Generator[Practice]:
    """Serve the sites until the block ends.

    With `now` the servers' clock stands still at it: the pages depend on it and on nothing else.
    `ports`: one for each site in the order of `RESPONDERS`; 0 is any free one.

    Raises:
        PortInUseError: one of the ports asked for is taken.
    """
    practice = Practice(sites={})
    servers: list[ThreadingHTTPServer] = []
    try:
        for name, port in zip(RESPONDERS, ports, strict=True):
            server = _listen(name, practice, now, port)
            servers.append(server)
            practice.sites[name] = f"http://127.0.0.1:{server.server_port}"
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield practice
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _listen(name: str, practice: Practice, now: datetime | None, port: int) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"site": name, "practice": practice, "fixed_now": now})
    try:
        return _Server(("127.0.0.1", port), handler)
    except OSError as error:
        raise PortInUseError(f"port {port} on 127.0.0.1 is in use by another program") from error


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    timeout = 30
    site: str
    practice: Practice
    fixed_now: datetime | None

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        response = self._respond(parts.path, dict(parse_qsl(parts.query)))
        etag = f'"{hashlib.md5(response.body, usedforsecurity=False).hexdigest()}"'
        status = 304 if self._is_unchanged(response, etag) else response.status
        self.practice.count(self.site, self.path, status)
        body = b"" if status == 304 else response.body
        self.send_response(status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(body)))
        if response.location:
            self.send_header("Location", response.location)
        if response.modified:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", _http_date(response.modified))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name is BaseHTTPRequestHandler's

    def _respond(self, path: str, query: dict[str, str]) -> Response:
        request = Request(
            base=self.practice.sites[self.site],
            path=path,
            query=query,
            now=self._now(),
            visit=self.practice.requests[self.site, self.path],
        )
        missing = "<!DOCTYPE html><html><head><title>404</title></head><body>404</body></html>"
        return RESPONDERS[self.site](request) or Response(
            body=missing.encode(), content_type="text/html", status=404
        )

    def _is_unchanged(self, response: Response, etag: str) -> bool:
        """If-None-Match decides; If-Modified-Since counts only without it (RFC 9110, 13.1.3)."""
        if response.modified is None:
            return False
        if tag := self.headers.get("If-None-Match"):
            return etag in tag
        since = self.headers.get("If-Modified-Since")
        return since is not None and response.modified <= parsedate_to_datetime(since)

    def _now(self) -> datetime:
        return self.fixed_now or datetime.now(UTC)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return _http_date(self._now()) if timestamp is None else super().date_time_string(timestamp)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: tests read `Practice.requests`."""


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def main() -> None:
    """Serve on the demo's ports, or from the port given, until Ctrl-C."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else DEMO_PORTS[0]
    with serve(ports=range(first, first + len(RESPONDERS))) as practice:
        for name, url in practice.sites.items():
            print(f"{name}\t{url}/", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
