"""Hosts: when each was asked last, and how long it wants to be left alone."""

from dataclasses import dataclass
from typing import Final

from crawler.frontier.connection import Connection
from crawler.frontier.schedule import DAY

ROBOTS_KEPT: Final = DAY  # RFC 9309 §2.4: not longer than 24 hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """A robots.txt as it was last fetched."""

    status: int | None  # None: unreachable
    body: str
    fetched_at: float  # seconds since 1970
    expires_at: float


def note_answer(connection: Connection, host: str, now: float) -> None:
    """Remember that `host` answered as it should."""
    connection.execute(
        "INSERT INTO host (host, last_request) VALUES (?, ?) ON CONFLICT (host) DO UPDATE"
        " SET last_request = excluded.last_request, strikes = 0, retry_at = 0, reason = NULL",
        (host, now),
    )


def leave_alone(connection: Connection, host: str, until: float, reason: str) -> None:
    """Ask nothing of `host` before `until`."""
    connection.execute(
        "UPDATE host SET retry_at = ?, reason = ? WHERE host = ?", (until, reason, host)
    )


def note_failure(connection: Connection, host: str, now: float) -> int:
    """Count a broken connection or a refusal of `host`; return how many there were in a row."""
    row = connection.execute(
        "INSERT INTO host (host, last_request, strikes) VALUES (?, ?, 1) ON CONFLICT (host)"
        " DO UPDATE SET last_request = excluded.last_request, strikes = host.strikes + 1"
        " RETURNING strikes",
        (host, now),
    ).fetchone()
    return int(row[0])


def crawl_delay(connection: Connection, host: str) -> float | None:
    """Return the Crawl-delay that `host` asks for, in seconds."""
    row = connection.execute("SELECT crawl_delay FROM host WHERE host = ?", (host,)).fetchone()
    return None if row is None or row[0] is None else float(row[0])


def save_crawl_delay(connection: Connection, host: str, delay: float | None) -> None:
    """Remember the Crawl-delay that `host` asks for."""
    connection.execute(
        "INSERT INTO host (host, crawl_delay) VALUES (?, ?)"
        " ON CONFLICT (host) DO UPDATE SET crawl_delay = excluded.crawl_delay",
        (host, delay),
    )


def load_robots(connection: Connection, origin: str) -> Robots | None:
    """Return the robots.txt of `origin` as last fetched, however old."""
    row = connection.execute(
        "SELECT status, body, fetched_at, expires_at FROM robots WHERE origin = ?", (origin,)
    ).fetchone()
    if row is None:
        return None
    status, body, fetched_at, expires_at = row
    return Robots(status=status, body=body, fetched_at=fetched_at, expires_at=expires_at)


def save_robots(connection: Connection, origin: str, robots: Robots) -> None:
    """Keep a robots.txt across runs."""
    connection.execute(
        "INSERT INTO robots VALUES (?, ?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE"
        " SET status = excluded.status, body = excluded.body, fetched_at = excluded.fetched_at,"
        " expires_at = excluded.expires_at",
        (origin, robots.status, robots.body, robots.fetched_at, robots.expires_at),
    )
