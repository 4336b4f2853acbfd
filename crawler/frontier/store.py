"""The frontier: open it, commit it, and read what it knows.

A file of the folder (`crawler.frontier.sqlite`), or a Postgres that several machines share
(`crawler.frontier.postgres`); all else in this package is the same for both.  The writer keeps one
transaction open and commits it together with the archive (`crawler.frontier.ledger`), so what a
reader sees is always a whole batch.

>>> with open_frontier(Path(":memory:")) as frontier:
...     frontier.fetches_after(0, limit=10)
[]
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.archive import Location
from crawler.frontier import memory, sqlite
from crawler.frontier.connection import Connection
from crawler.frontier.place import Dsn, Place
from crawler.frontier.schema import read_sql
from crawler.frontier.summaries import Run, SourceRun, SourceSummary
from crawler.frontier.trouble import naming_troubles


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request, and what came of it."""

    fetch_id: int
    run_id: int
    source: str
    url: str  # canonical, as requested
    final_url: str  # where a redirect leads; else the same
    fetched_at: datetime  # aware, UTC
    status: int | None  # None: no response
    kind: str  # crawler.kind.Kind, or "redirect", "not_modified"
    error: str | None  # one word
    bytes: int | None  # of the decoded body
    location: Location | None  # None: nothing was archived
    original: Location | None  # of the page itself, where `location` only says "the same again"
    payload_digest: str | None
    link_text: str | None  # of the link by which the URL was first found
    robots_at: datetime | None = None  # of the robots.txt it was held to
    robots_rule: str | None = None  # that decided; None: none did


class Frontier:
    """An open frontier; a context manager that commits on success and always closes.

    Within it a full disk, a lock that another program holds, and a damaged file are a
    `FrontierError` that names the file.
    """

    def __init__(self, connection: Connection, place: Place) -> None:
        self.connection = connection
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()
        if isinstance(error, sqlite3.Error):
            with self._naming():
                raise error

    def begin(self) -> None:
        """Start a transaction, unless one is open.

        Raises:
            FrontierLockedError: another program has kept the file locked for `BUSY_SECONDS`.
        """
        if not self.connection.in_transaction:
            with self._naming():
                self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit the open transaction, if there is one.

        Raises:
            FrontierError: the disk is full.
        """
        if self.connection.in_transaction:
            with self._naming():
                self.connection.execute("COMMIT")

    def close(self) -> None:
        """Roll back what was not committed, and close the file."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        self.connection.close()

    def fetches_after(self, fetch_id: int, limit: int) -> list[Fetch]:
        """Return up to `limit` requests later than `fetch_id`, oldest first."""
        rows = self.rows(read_sql("fetches_after.sql"), (fetch_id, limit))
        return [_fetch_of(row) for row in rows]

    def count_fetches_after(self, fetch_id: int) -> int:
        """Return the number of requests later than `fetch_id`."""
        row = self.connection.execute("SELECT count(*) FROM fetch WHERE fetch_id > ?", (fetch_id,))
        return int(row.fetchone()[0])

    def runs(self) -> list[Run]:
        """Return every run, oldest first."""
        rows = self.connection.execute(
            "SELECT run_id, started_at, finished_at, outcome, requests, errors"
            " FROM run ORDER BY run_id"
        )
        return [
            Run(
                run_id=run_id,
                started_at=as_time(started),
                finished_at=as_time(finished) if finished is not None else None,
                outcome=outcome,
                requests=requests,
                errors=errors,
            )
            for run_id, started, finished, outcome, requests, errors in rows
        ]

    def source_summary(self, now: datetime) -> dict[str, SourceSummary]:
        """Return what is known of each source, by name."""
        rows = self.rows(read_sql("source_summary.sql"), {"now": now.timestamp()})
        return {row["source"]: _summary_of(row) for row in rows}

    def save_health(self, run_id: int, judged: Iterable[tuple[str, str, str]]) -> None:
        """Keep how each source was judged after a run: (source, state, reason)."""
        self.connection.executemany(
            "INSERT INTO health VALUES (?, ?, ?, ?) ON CONFLICT (run_id, source)"
            " DO UPDATE SET state = excluded.state, reason = excluded.reason",
            [(run_id, *one) for one in judged],
        )

    def source_runs(self) -> list[SourceRun]:
        """Return what every run did for each source, oldest first."""
        rows = self.connection.execute(read_sql("source_runs.sql"))
        return [SourceRun(*row) for row in rows]

    def segments(self) -> dict[str, int]:
        """Return the committed length of each archive segment, in bytes."""
        return dict(self.connection.execute("SELECT file, committed_length FROM segment"))

    def save_segments(self, lengths: Mapping[str, int]) -> None:
        """Remember how far each segment is promised."""
        self.connection.executemany(
            "INSERT INTO segment VALUES (?, ?) ON CONFLICT (file)"
            " DO UPDATE SET committed_length = excluded.committed_length",
            lengths.items(),
        )

    def rows(self, sql: str, values: Any) -> list[dict[str, Any]]:
        """Return the rows of a query, each by the names of its columns."""
        cursor: Any = self.connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def has_table(self, name: str) -> bool:
        """Return whether there is a table of that name."""
        found = self.connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
        )
        return found.fetchone() is not None

    def tables(self) -> list[str]:
        """Return the names of all tables."""
        rows = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [str(name) for (name,) in rows]

    def will_erase(self) -> None:
        """Let what is deleted from now on be overwritten, and be on the disk when committed."""
        self.connection.execute("PRAGMA secure_delete = ON")
        self.connection.execute("PRAGMA synchronous = FULL")

    def has_erased(self) -> None:
        """See that no log has what was deleted."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def hold(self, source: str) -> None:
        """Keep all others off what is known of `source` until the next commit.

        A transaction of SQLite has the whole file for itself anyway.
        """

    def pause(self) -> None:
        """Let others in between two steps of a long work that can be repeated.

        Nobody waits for SQLite's: it stays one transaction.
        """

    def damage(self) -> str | None:
        """Return what is wrong inside the frontier; None: nothing."""
        ((found,),) = self.connection.execute("PRAGMA quick_check(1)").fetchall()
        return None if found == "ok" else str(found).splitlines()[-1]

    def _naming(self) -> AbstractContextManager[None]:
        return naming_troubles(Path(str(self.place)))

    def learned_upto(self) -> int:
        """Return the last fetch_id that `learn` has been told about."""
        return int(memory.kept(self.connection, "learned") or 0)


def open_frontier(place: Place) -> Frontier:
    """Open the frontier at `place` for writing, creating it where there is none.

    Raises:
        FrontierError: it was made by a later version, or is no frontier.
        FrontierAwayError: Postgres cannot be reached.
    """
    if isinstance(place, Dsn):
        # Of the extra fatiao[postgres].
        from crawler.frontier import postgres, postgres_connection  # noqa: PLC0415

        return postgres.PostgresFrontier(postgres_connection.connect(place), place)
    return Frontier(sqlite.connect(place), place)


def open_frontier_readonly(place: Place) -> Frontier:
    """Open the frontier at `place` for reading, also while a crawl is writing.

    Raises:
        FrontierError: there is none, or it was made by another version.
        FrontierAwayError: Postgres cannot be reached.
    """
    if isinstance(place, Dsn):
        from crawler.frontier import postgres, postgres_connection  # noqa: PLC0415

        return postgres.PostgresFrontier(postgres_connection.connect_readonly(place), place)
    return Frontier(sqlite.connect_readonly(place), place)


def has_frontier(place: Place) -> bool:
    """Return whether there is a frontier at `place`.

    Raises:
        FrontierAwayError: Postgres cannot be reached.
    """
    if isinstance(place, Dsn):
        from crawler.frontier import postgres_connection  # noqa: PLC0415

        return postgres_connection.is_there(place)
    return place.exists()


def as_time(seconds: float) -> datetime:
    """Return the time that the frontier keeps as `seconds`."""
    return datetime.fromtimestamp(round(seconds, 3), UTC)


def _fetch_of(row: Any) -> Fetch:
    location = original = None
    if row["file"] is not None:
        location = Location(row["file"], row["offset"], row["length"])
    if row["first_file"] is not None:
        original = Location(row["first_file"], row["first_offset"], row["first_length"])
    return Fetch(
        fetch_id=row["fetch_id"],
        run_id=row["run_id"],
        source=row["source"],
        url=row["url"],
        final_url=row["final_url"],
        fetched_at=as_time(row["fetched_at"]),
        status=row["status"],
        kind=row["kind"],
        error=row["error"],
        bytes=row["bytes"],
        location=location,
        original=original,
        payload_digest=row["digest"],
        link_text=row["link_text"],
        robots_at=None if row["robots_at"] is None else as_time(row["robots_at"]),
        robots_rule=row["robots_rule"],
    )


def _summary_of(row: Any) -> SourceSummary:
    times = {
        name: None if row[name] is None else as_time(row[name])
        for name in ("next_due", "last_fetch", "waiting_until")
    }
    return SourceSummary(**(dict(row) | times))
