"""One request to a site, as the crawl would make it: same name, same guard, nothing followed."""

import http.client
import socket
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawler.guard import is_dialled
from crawler.robots import MAX_BYTES

TIMEOUT: Final = 10.0  # seconds, to connect and for each read


class ProbeError(RuntimeError):
    """No answer; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the site answered."""

    status: int
    location: str | None  # of a redirect, as sent
    body: bytes  # at most `MAX_BYTES` and one


def ask(url: str, user_agent: str, allow_private: bool) -> Reply:
    """Ask for `url` once; follow no redirect, dial no address that the crawl would not.

    Raises:
        ProbeError: the name is unknown, the address is private, or nobody answers in time.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc, "User-Agent": user_agent, "Accept-Encoding": "identity"}
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        connection.sock = _dial(host, port, allow_private)
        if secure:
            connection.sock = _context().wrap_socket(connection.sock, server_hostname=host)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read(MAX_BYTES + 1)
        return Reply(status=answer.status, location=answer.getheader("Location"), body=body)
    except (OSError, http.client.HTTPException) as error:
        raise ProbeError(str(error) or type(error).__name__) from error
    finally:
        connection.close()


def _dial(host: str, port: int, allow_private: bool) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]) for info in found]
    usable = [one for one in addresses if allow_private or is_dialled(one)]
    if not usable:
        raise ProbeError(
            f"{host} is {addresses[0]}, which is not a public address;"
            " allow_private = true would allow it"
        )
    return socket.create_connection((usable[0], port), TIMEOUT)


def _context() -> ssl.SSLContext:
    # As the crawl does: many of these sites have certificates that ran out or name another host.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
