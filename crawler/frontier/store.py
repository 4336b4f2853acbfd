"""The frontier's file: open it, commit it, and read what it knows.

SQLite in WAL mode: one process writes (it holds the project lock), others may read at any time.
The writer keeps one transaction open and commits it together with the archive
(`crawler.frontier.ledger`), so what a reader sees is always a whole batch.

>>> with open_frontier(Path(":memory:")) as frontier:
...     frontier.fetches_after(0, limit=10)
[]
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from crawler.archive import Location
from crawler.frontier.summaries import Run, SourceRun, SourceSummary
from crawler.frontier.trouble import FrontierError, naming_troubles

SCHEMA_VERSION: Final = 4
BUSY_SECONDS: Final = 30.0  # a reader's longest wait for a checkpoint of the writer


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

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

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
            with naming_troubles(self.path):
                raise error

    def begin(self) -> None:
        """Start a transaction, unless one is open.

        Raises:
            FrontierLockedError: another program has kept the file locked for `BUSY_SECONDS`.
        """
        if not self.connection.in_transaction:
            with naming_troubles(self.path):
                self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit the open transaction, if there is one.

        Raises:
            FrontierError: the disk is full.
        """
        if self.connection.in_transaction:
            with naming_troubles(self.path):
                self.connection.execute("COMMIT")

    def close(self) -> None:
        """Roll back what was not committed, and close the file."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        self.connection.close()

    def fetches_after(self, fetch_id: int, limit: int) -> list[Fetch]:
        """Return up to `limit` requests later than `fetch_id`, oldest first."""
        rows = self._named("fetches_after.sql", (fetch_id, limit))
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
        rows = self._named("source_summary.sql", {"now": now.timestamp()})
        return {row["source"]: _summary_of(row) for row in rows}

    def save_health(self, run_id: int, judged: Iterable[tuple[str, str, str]]) -> None:
        """Keep how each source was judged after a run: (source, state, reason)."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO health VALUES (?, ?, ?, ?)",
            [(run_id, *one) for one in judged],
        )

    def source_runs(self) -> list[SourceRun]:
        """Return what every run did for each source, oldest first."""
        rows = self.connection.execute(_sql("source_runs.sql"))
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

    def _named(self, file: str, values: Any) -> sqlite3.Cursor:
        cursor = self.connection.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(_sql(file), values)

    def learned_upto(self) -> int:
        """Return the last fetch_id that `learn` has been told about."""
        row = self.connection.execute("SELECT value FROM memory WHERE name = 'learned'").fetchone()
        return int(row[0]) if row else 0


def open_frontier(path: Path) -> Frontier:
    """Open the frontier at `path` for writing, creating it where there is none.

    Raises:
        FrontierError: it was made by a later version, or is no frontier.
    """
    if str(path) != ":memory:":
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _ensure_schema(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise FrontierError(f"{path}: {error}") from error
    except FrontierError:
        connection.close()
        raise
    return Frontier(connection, path)


def open_frontier_readonly(path: Path) -> Frontier:
    """Open the frontier at `path` for reading, also while a crawl is writing.

    Raises:
        FrontierError: there is none, or it was made by another version.
    """
    if not path.exists():
        raise FrontierError(f"{path}: nothing has been crawled yet")
    # Not mode=ro: a reader of a WAL file needs to make its shared-memory file.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    try:
        _check_version(connection, path)
    except (sqlite3.DatabaseError, FrontierError) as error:
        connection.close()
        raise FrontierError(str(error)) from error
    return Frontier(connection, path)


def as_time(seconds: float) -> datetime:
    """Return the time that the frontier keeps as `seconds`."""
    return datetime.fromtimestamp(round(seconds, 3), UTC)


def _sql(file: str) -> str:
    return files("crawler.frontier").joinpath(file).read_text(encoding="utf-8")


def _ensure_schema(connection: sqlite3.Connection, path: Path) -> None:
    made_by = connection.execute("PRAGMA user_version").fetchone()[0]
    for version in range(made_by + 1, SCHEMA_VERSION + 1):
        schema = _sql("schema.sql" if version == 1 else f"schema_{version}.sql")
        # One script in one transaction: a kill leaves either no table or all of them.
        connection.executescript(f"BEGIN;\n{schema}\nPRAGMA user_version = {version};\nCOMMIT;")
    _check_version(connection, path)


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not 1 <= version <= SCHEMA_VERSION:  # an older one can be read as it is
        raise FrontierError(
            f"{path}: frontier version {version}, this program's is "
            f"{SCHEMA_VERSION}; use the program that made it"
        )


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
