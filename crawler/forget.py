"""Taking a page or a host out for good: of the queue, of the archive, and of every later crawl.

A takedown is lasting: what remains is a tombstone with its reason, and the frontier enters nothing
that lies below one.  The warehouse and its snapshots are `warehouse.forget`'s.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from crawler.faults import Point, reached
from crawler.frontier.store import Frontier
from crawler.frontier.tombstones import below, bury
from crawler.rewrite import enter_rewrite, remove_old, write_without
from crawler.urls import canonicalize


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """What the frontier has of a target."""

    target: str  # a canonical URL or a host
    urls: tuple[str, ...]  # the target's own, and those that lead to it
    url_ids: tuple[int, ...]
    fetch_ids: tuple[int, ...]
    records: int  # of them in the archive
    segments: int  # that hold these


def read_target(text: str) -> str | None:
    """Return the canonical URL, or the host in lower case, that `text` names; None: neither.

    >>> read_target("HTTP://Site.cn/a?utm_source=x"), read_target("M.Site.cn"), read_target("a b")
    ('http://site.cn/a', 'm.site.cn', None)
    """
    if "://" in text:
        return canonicalize(text)
    url = canonicalize(f"http://{text}/")
    return urlsplit(url).netloc if url and urlsplit(url).path == "/" else None


def is_hit(target: str, url: str) -> bool:
    """Return whether `url` is the target, or lies below it."""
    return target in below(url)


def find(frontier: Frontier, target: str, further: Iterable[str] = ()) -> Doomed:
    """Return what the frontier has of `target` and of the URLs `further`."""
    connection = frontier.connection
    wanted = set(further)
    rows = connection.execute("SELECT url_id, url FROM url").fetchall()
    found = {url_id: url for url_id, url in rows if url in wanted or is_hit(target, url)}
    if "://" in target:
        found |= dict(_leading_to(connection, list(found)))
    fetches = [row for url_id in found for row in connection.execute(_FETCHES, (url_id,))]
    return Doomed(
        target=target,
        urls=tuple(sorted(set(found.values()))),
        url_ids=tuple(found),
        fetch_ids=tuple(fetch_id for fetch_id, _ in fetches),
        records=sum(file is not None for _, file in fetches),
        segments=len({file for _, file in fetches if file is not None}),
    )


def forget(frontier: Frontier, archive: Path, doomed: Doomed, because: str, now: float) -> None:
    """Take `doomed` out of frontier and archive; the caller holds the project lock.

    Killed before its one commit, nothing has happened; killed after it, the next run removes the
    old segments.

    Raises:
        ArchiveError: a record that is to be kept cannot be read.
    """
    connection = frontier.connection
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten with zeros
    connection.execute("PRAGMA synchronous = FULL")
    frontier.begin()
    rewrite = write_without(connection, archive, doomed.fetch_ids)
    further = doomed.urls if "://" in doomed.target else ()
    for target in (doomed.target, *further):
        bury(connection, target, because, now)
    enter_rewrite(connection, rewrite)
    _delete(connection, doomed)
    reached(Point.BEFORE_REPLACE)
    frontier.commit()
    reached(Point.AFTER_REPLACE)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    remove_old(archive, rewrite)


def purge_logs(folder: Path, urls: Iterable[str]) -> int:
    """Take every line that names one of `urls` out of the logs; return how many."""
    names, count = tuple(urls), 0
    for path in folder.glob("*.log"):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        kept = [line for line in lines if not any(name in line for name in names)]
        if len(kept) < len(lines):
            path.write_text("".join(kept), encoding="utf-8")
            count += len(lines) - len(kept)
    return count


def _leading_to(connection: sqlite3.Connection, url_ids: list[int]) -> list[tuple[int, str]]:
    """Return the URLs that redirect to one of `url_ids`, or have its text, at any remove."""
    found: dict[int, str] = {}
    waiting = list(url_ids)
    while waiting:
        rows = connection.execute(_ALIASES, (waiting.pop(),)).fetchall()
        waiting += [url_id for url_id, _ in rows if url_id not in found]
        found |= dict(rows)
    return list(found.items())


def _delete(connection: sqlite3.Connection, doomed: Doomed) -> None:
    ids = {"ids": json.dumps(doomed.url_ids)}
    for statement in _DELETE:
        connection.execute(statement, ids)


_DELETE: Final = (
    "DELETE FROM fetch WHERE url_id IN (SELECT value FROM json_each(:ids))",
    "UPDATE url SET found_on = NULL WHERE found_on IN (SELECT value FROM json_each(:ids))",
    "UPDATE url SET alias_of = NULL WHERE alias_of IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM url WHERE url_id IN (SELECT value FROM json_each(:ids))",
)
_FETCHES: Final = "SELECT fetch_id, file FROM fetch WHERE url_id = ?"
_ALIASES: Final = "SELECT url_id, url FROM url WHERE alias_of = ?"
