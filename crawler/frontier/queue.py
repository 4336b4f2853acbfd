"""The queue: which URL is fetched next, and who holds it.

A URL is `queued` (may be fetched now), `leased` (is being fetched), `waiting` (until it is due),
`parked` (its shape brought nothing; due much later) or `excluded` (not wanted).  At most one URL
of a host is leased at any time.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from crawler.frontier.claims import ALONE, Claims
from crawler.frontier.connection import Connection
from crawler.frontier.schedule import BACKLOG, Rank, tie_of
from crawler.frontier.shapes import articles_of, note_known
from crawler.frontier.tombstones import is_forgotten
from crawler.sources import Source
from crawler.url_shape import url_shape
from crawler.urls import CanonicalUrl, canonicalize, host_key, in_scope

PROBES: Final = 5  # parked URLs asked again in one run of a source


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A leased URL, with what is needed to fetch it and to judge the answer."""

    url_id: int
    source: str
    url: CanonicalUrl
    host: str
    shape: str
    role: str
    rank: Rank
    depth: int
    hops: int
    found_on: int | None
    link_text: str | None
    etag: str | None
    last_modified: str | None
    attempts: int
    kind: str | None  # of the last good response
    fetched_at: float | None  # of the last response; None: new
    digest: str | None
    interval: float | None
    published_at: float | None
    gone_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUrl:
    """A URL to be put into the queue."""

    url: CanonicalUrl
    role: str = "page"
    state: str = "queued"
    rank: Rank
    due_at: float
    reason: str
    depth: int = 0
    hops: int = 0
    found_on: int | None = None
    link_text: str | None = None
    published_at: float | None = None
    pagers: int = 0  # 1: found as a further page of a listing


def recover(connection: Connection) -> int:
    """Put back what a killed run held; return how many URLs that were."""
    sql = "UPDATE url SET state = 'queued', lease_run = NULL WHERE state = 'leased'"
    return connection.execute(sql).rowcount


def enter_source(connection: Connection, source: Source, now: float) -> None:
    """Make the start URLs of `source` known, and queue a few of its parked URLs as probes."""
    for start in source.start:
        url = canonicalize(start)
        if url is None:
            continue
        if not add_url(
            connection,
            source.name,
            NewUrl(url=url, role="start", rank=Rank.ROOT, due_at=now, reason="start URL"),
            now,
        ):
            connection.execute(
                "UPDATE url SET role = 'start' WHERE source = ? AND url = ? AND role = 'page'",
                (source.name, url),
            )
    connection.execute(_PROBE, {"source": source.name, "now": now, "limit": PROBES,
                                "rank": Rank.PROBE.value})  # fmt: skip


def add_url(connection: Connection, source: str, new: NewUrl, now: float) -> int | None:
    """Enter `new`; return its url_id, or None where it is known already or was forgotten."""
    if is_forgotten(connection, new.url):
        return None
    shape = url_shape(new.url)
    row = connection.execute(
        _ADD,
        {
            "source": source,
            "url": new.url,
            "host": host_key(new.url),
            "shape": shape,
            "role": new.role,
            "state": new.state,
            "rank": new.rank.value,
            "tie": tie_of(new.url, new.rank),
            "due_at": new.due_at,
            "reason": new.reason,
            "depth": new.depth,
            "hops": new.hops,
            "found_on": new.found_on,
            "found_at": now,
            "link_text": new.link_text or None,
            "published_at": new.published_at,
        },
    ).fetchone()
    if row is None:
        return None
    note_known(connection, source, shape, pagers=new.pagers)
    return int(row[0])


def lease(
    connection: Connection,
    source: Source,
    run_id: int,
    now: float,
    revisits_left: int,
    claims: Claims = ALONE,
) -> Task | None:
    """Hand out the best URL of `source` that may be fetched now, or None."""
    if _is_busy(connection, source, run_id, now):
        return None
    while True:
        values = {"source": source.name, "now": now, "run": run_id,
                  "elsewhere": json.dumps(claims.elsewhere)}  # fmt: skip
        row = _best(connection, source, revisits_left, values)
        if row is None:
            return None
        task = _task_of(row)
        if not claims.claim(source.name, task.host):
            continue
        if in_scope(task.url, source):
            connection.execute(
                "UPDATE url SET state = 'leased', lease_run = ? WHERE url_id = ?",
                (run_id, task.url_id),
            )
            return task
        # fatiao.toml was changed since the URL was found.
        connection.execute(
            "UPDATE url SET state = 'excluded', reason = 'out of scope' WHERE url_id = ?",
            (task.url_id,),
        )


def release(connection: Connection, task: Task) -> None:
    """Give `task` back unfetched."""
    connection.execute(
        "UPDATE url SET state = 'queued', lease_run = NULL WHERE url_id = ?", (task.url_id,)
    )


def load_task(connection: Connection, source: str, url: str) -> Task | None:
    """Return the known URL `url` of `source` as a task, without leasing it."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM url WHERE source = ? AND url = ?",  # noqa: S608 - a constant
        (source, url),
    ).fetchone()
    return None if row is None else _task_of(row)


def has_enough(connection: Connection, source: Source) -> bool:
    """Return whether `source` has as many articles as it may have."""
    return articles_of(connection, source.name) >= source.max_articles


def allowed_ranks(connection: Connection, source: Source, revisits_left: int) -> list[int]:
    """Return the ranks that may be leased now, best first."""
    if has_enough(connection, source):
        ranks = [Rank.ROOT, Rank.LISTING_DUE, Rank.REVISIT]
    else:
        ranks = list(Rank)
    if revisits_left <= 0:
        ranks.remove(Rank.REVISIT)
    return [rank.value for rank in ranks]


def _best(
    connection: Connection, source: Source, revisits_left: int, values: dict[str, Any]
) -> tuple[Any, ...] | None:
    ranks = allowed_ranks(connection, source, revisits_left)
    values = values | {"ranks": json.dumps(ranks)}
    is_shared = values["elsewhere"] != "[]"
    best, best_due = (_BEST_HERE, _BEST_DUE_HERE) if is_shared else (_BEST, _BEST_DUE)
    row: tuple[Any, ...] | None = connection.execute(best, values).fetchone()
    if row is not None and row[_RANK] == Rank.PAGER and _has_backlog(connection, source.name):
        articles_only = values | {"ranks": json.dumps([Rank.ARTICLE.value])}
        row = connection.execute(best, articles_only).fetchone() or row
    # Rank by rank: what is due may be a hundred thousand URLs, and only the first is wanted.
    for rank in ranks:
        if row is not None and row[_RANK] <= rank:
            break
        due = connection.execute(best_due, values | {"rank": rank}).fetchone()
        if due is not None:
            return tuple(due)
    return row


def _is_busy(connection: Connection, source: Source, run_id: int, now: float) -> bool:
    """Return whether none of the hosts of `source` may be asked now.

    Scrapy asks for the next request all the time while one is under way.  Without this each such
    question would read the whole queue, to find every URL in it to be of the busy host.
    """
    hosts = sorted({host_key(start) for start in source.start})
    return all(
        connection.execute(_BUSY, {"host": host, "run": run_id, "now": now}).fetchone()[0]
        for host in hosts
    )


def _has_backlog(connection: Connection, source: str) -> bool:
    row = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM url WHERE source = ? AND state = 'queued'"
        " AND rank = ? LIMIT ?) AS waiting",
        (source, Rank.ARTICLE.value, BACKLOG),
    ).fetchone()
    return bool(row[0] >= BACKLOG)


def _task_of(row: Sequence[Any]) -> Task:
    names = _COLUMNS.replace("\n", " ").split(",")
    values: dict[str, Any] = dict(zip((name.strip() for name in names), row, strict=True))
    values["rank"] = Rank(values["rank"])
    return Task(**values)


_COLUMNS: Final = """url_id, source, url, host, shape, role, rank, depth, hops, found_on,
    link_text, etag, last_modified, attempts, kind, fetched_at, digest, interval, published_at,
    gone_at"""

_BEST: Final = f"""
    SELECT {_COLUMNS}
    FROM url
    WHERE source = :source AND state = 'queued'
      AND rank IN (SELECT CAST(value AS BIGINT) FROM json_each(:ranks))
      AND host NOT IN (SELECT host FROM url WHERE state = 'leased' AND lease_run = :run)
      AND host NOT IN (SELECT host FROM host WHERE retry_at > :now)
    ORDER BY rank, tie, url_id
    LIMIT 1
"""  # noqa: S608 - a constant

_RANK: Final = 6  # the place of `rank` in _COLUMNS

_BEST_DUE: Final = f"""
    SELECT {_COLUMNS}
    FROM url
    WHERE source = :source AND state = 'waiting' AND rank = :rank AND due_at <= :now
      AND host NOT IN (SELECT host FROM url WHERE state = 'leased' AND lease_run = :run)
      AND host NOT IN (SELECT host FROM host WHERE retry_at > :now)
    ORDER BY due_at
    LIMIT 1
"""  # noqa: S608 - a constant

# Where other crawlers have some of the hosts.
_HERE: Final = "  AND host NOT IN (SELECT value FROM json_each(:elsewhere))\n    ORDER BY"
_BEST_HERE: Final = _BEST.replace("ORDER BY", _HERE)
_BEST_DUE_HERE: Final = _BEST_DUE.replace("ORDER BY", _HERE)

_BUSY: Final = """
    SELECT EXISTS (SELECT 1 FROM url
                   WHERE host = :host AND state = 'leased' AND lease_run = :run)
        OR EXISTS (SELECT 1 FROM host WHERE host = :host AND retry_at > :now)
"""

_ADD: Final = """
    INSERT INTO url (source, url, host, shape, role, state, rank, tie, due_at, reason, depth, hops,
                     found_on, found_at, link_text, published_at)
    VALUES (:source, :url, :host, :shape, :role, :state, :rank, :tie, :due_at, :reason, :depth,
            :hops, :found_on, :found_at, :link_text, :published_at)
    ON CONFLICT (source, url) DO NOTHING
    RETURNING url_id
"""

_PROBE: Final = """
    UPDATE url
    SET state = 'queued', rank = :rank, reason = 'probe: is its shape still barren?'
    WHERE url_id IN (
        SELECT url_id FROM url
        WHERE source = :source AND state = 'parked' AND due_at <= :now
        ORDER BY due_at
        LIMIT :limit
    )
"""
