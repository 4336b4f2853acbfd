"""Hostile hosts on loopback: each a port of its own, speaking bytes as it likes."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Final

HTML: Final = "text/html; charset=utf-8"
XML: Final = "application/xml"
TEXT: Final = "text/plain"
LARGEST_REQUEST: Final = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Wire:
    """One connection, after its request was read."""

    socket: socket.socket
    target: str
    request: str  # the whole header block

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def send_for_ever(self, data: bytes, *, pause: float = 0.0) -> None:
        """Send `data` again and again; ends by the client's going away."""
        while True:
            self.socket.sendall(data)
            time.sleep(pause)


Speak = Callable[[Wire], None]


@dataclass(slots=True)
class Host:
    """A server whose paths each speak in their own way; what is not named is 404."""

    paths: Mapping[str, Speak | bytes]
    otherwise: Speak | None = None
    asked: list[str] = field(default_factory=list)  # targets, as requested
    requests: list[str] = field(default_factory=list)  # header blocks
    port: int = 0
    address: str = "127.0.0.1"  # or ::1

    @property
    def url(self) -> str:
        return f"http://{f'[{self.address}]' if ':' in self.address else self.address}:{self.port}"

    def answer(self, connection: socket.socket) -> None:
        request = _read_request(connection)
        if not request:
            return
        target = request.split(" ", 2)[1]
        self.asked.append(target)
        self.requests.append(request)
        speak = self.paths.get(target) or self.otherwise or reply(b"none", status="404 Not Found")
        wire = Wire(connection, target, request)
        (reply(speak) if isinstance(speak, bytes) else speak)(wire)


def reply(
    body: bytes,
    *,
    status: str = "200 OK",
    kind: str = HTML,
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> Speak:
    """Return what answers with `body`; `length` is what Content-Length claims instead."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close"]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    block = "\r\n".join([*lines, "", ""]).encode("utf-8")
    return lambda wire: wire.send(block + body)


def redirect(location: str) -> Speak:
    return reply(b"", status="302 Found", headers={"Location": location})


def packed(body: bytes, coding: str) -> Speak:
    return reply(body, headers={"Content-Encoding": coding})


@cache
def gzip_bomb(megabytes: int, *, times: int = 1) -> bytes:
    """Return `megabytes` of spaces, gzipped `times` over."""
    body = b" " * (megabytes << 20)
    for _ in range(times):
        body = gzip.compress(body, 1 if len(body) > 1 << 24 else 9)
    return body


@contextmanager
def serve(*hosts: Host) -> Generator[None]:
    """Serve each host on a port of its own."""
    listeners = [_listen(host) for host in hosts]
    try:
        yield
    finally:
        for listener in listeners:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()


def _listen(host: Host) -> socket.socket:
    family = socket.AF_INET6 if ":" in host.address else socket.AF_INET
    listener = socket.create_server((host.address, 0), family=family, backlog=64)
    host.port = listener.getsockname()[1]

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_serve_one, args=(host, connection), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener


def _serve_one(host: Host, connection: socket.socket) -> None:
    with connection, suppress(OSError):  # the client may go away at any time
        connection.settimeout(60)
        host.answer(connection)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):  # else unread bytes would reset what was just sent
            pass


def _read_request(connection: socket.socket) -> str:
    block = b""
    while b"\r\n\r\n" not in block and len(block) < LARGEST_REQUEST:
        data = connection.recv(65_536)
        if not data:
            break
        block += data
    return block.decode("latin-1")
