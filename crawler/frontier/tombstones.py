"""What was forgotten for good: URLs and hosts that are never entered again.

>>> below("https://site.cn/a.html")[:4]  # doctest: +NORMALIZE_WHITESPACE
('https://site.cn/a.html', 'https://www.site.cn/a.html',
 'http://site.cn/a.html', 'http://www.site.cn/a.html')
>>> below("http://m.site.cn:8080/a.html")[-4:]
('m.site.cn:8080', 'm.site.cn', 'site.cn', 'cn')
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from crawler.frontier.connection import Connection
from crawler.frontier.store import as_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """One thing that is never fetched again."""

    target: str  # a canonical URL, or a host with all below it
    because: str
    buried_at: datetime


def below(url: str) -> tuple[str, ...]:
    """Return all that takes `url` with it when it is forgotten: itself, its host and domains.

    A page is the same with http and https, with `www.` and without.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    labels = host.split(".")
    domains = (".".join(labels[at:]) for at in range(len(labels)))
    bare = parts.netloc.removeprefix("www.")
    schemes = ("https", "http") if parts.scheme == "https" else ("http", "https")
    same = (
        urlunsplit(parts._replace(scheme=scheme, netloc=netloc))
        for scheme in schemes
        for netloc in (bare, f"www.{bare}")
    )
    return tuple(dict.fromkeys((url, *same, parts.netloc, *domains)))


def has_any(connection: Connection) -> bool:
    """Return whether anything was ever forgotten."""
    return connection.execute("SELECT 1 FROM tombstone LIMIT 1").fetchone() is not None


def is_forgotten(connection: Connection, url: str) -> bool:
    """Return whether `url` or its host was forgotten."""
    return tombstone_of(connection, url) is not None


def tombstone_of(connection: Connection, url: str) -> Tombstone | None:
    """Return what keeps `url` from being fetched, if it was forgotten."""
    targets = below(url)
    row = connection.execute(
        f"SELECT target, because, buried_at FROM tombstone WHERE target IN ({_places(targets)})",  # noqa: S608 - question marks
        targets,
    ).fetchone()
    return None if row is None else _of(row)


def tombstones(connection: Connection) -> list[Tombstone]:
    """Return all of them, oldest first."""
    rows = connection.execute("SELECT target, because, buried_at FROM tombstone ORDER BY buried_at")
    return [_of(row) for row in rows]


def bury(connection: Connection, target: str, because: str, now: float) -> None:
    """Never enter `target` again."""
    connection.execute(
        "INSERT INTO tombstone VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (target, because, now)
    )


def _of(row: tuple[str, str, float]) -> Tombstone:
    target, because, buried_at = row
    return Tombstone(target=target, because=because, buried_at=as_time(buried_at))


def _places(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
