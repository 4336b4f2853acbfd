"""What a run writes, in the one order that loses nothing.

archive append → flush → ONE SQLite commit {fetch row, place in the archive, state of the URL, links
found, host clock, committed length of the segment}, every 20 pages or after a second.  What was not
committed when the process died is fetched again; `recover` cuts its bytes off.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Final

from crawler.archive import ArchiveWriter, Location, truncate_to
from crawler.frontier import hosts, queue, shapes
from crawler.frontier.links import Shown, add_links
from crawler.frontier.queue import NewUrl, Task, add_url
from crawler.frontier.schedule import MAX_HOPS, STRIKES, Rank, parse_retry_after
from crawler.frontier.settle import BLOCKS, BROKEN, REFUSALS, Before, News, Settled, settle
from crawler.frontier.store import Frontier
from crawler.sources import Source
from crawler.visit import Trouble, Visit

BATCH_PAGES: Final = 20  # research/crawl.md §2a.3: 3.2 ms CPU a page at 20, 4.5 at 1
BATCH_SECONDS: Final = 1.0

_UNASKED: Final = frozenset({Trouble.ROBOTS, Trouble.ROBOTS_UNREACHABLE})  # no request was made


@dataclass(slots=True)
class Counts:
    """What one run did for one source so far."""

    requests: int = 0
    ok: int = 0
    not_modified: int = 0
    errors: int = 0
    articles: int = 0  # pages judged to be articles
    revisits: int = 0  # of articles
    is_blocked: bool = False
    is_unreachable: bool = False
    note: str = ""


@dataclass(slots=True)
class Ledger:
    """Writes the visits of one run; the caller holds the project lock."""

    frontier: Frontier
    archive: ArchiveWriter
    clock: Callable[[], datetime]
    run_id: int
    counts: dict[str, Counts] = field(default_factory=dict)
    shown: Shown = field(default_factory=Shown)
    pending: int = 0  # visits recorded since the last commit
    committed_at: float = field(default_factory=monotonic)

    @property
    def connection(self) -> sqlite3.Connection:
        """The frontier's connection; always inside a transaction."""
        self.frontier.begin()
        return self.frontier.connection

    def now(self) -> float:
        """Return the clock's time in seconds since 1970."""
        return self.clock().timestamp()

    def record(self, task: Task, source: Source, visit: Visit) -> None:
        """Archive and enter what came of `task`."""
        connection, now = self.connection, self.now()
        visit = _without_loop(connection, task, visit)
        visit = _unchanged_if_same(task, visit)
        location = self.archive.append(visit.page) if visit.page is not None else None
        _add_fetch(connection, self.run_id, task, visit, location)
        news = News()
        if visit.found:
            news = add_links(connection, task, source, visit, self.shown, now)
        if visit.target is not None and visit.error is None:
            _follow(connection, task, visit, now)
        settled = settle(visit, _before(task), news, now=now)
        _write_url(connection, task, visit, settled, news, now)
        _note_host(connection, task, visit, now)
        _note_shape(connection, task, settled, now)
        self._count(task, visit)
        self.pending += 1
        if self.pending >= BATCH_PAGES:
            self.commit()

    def commit(self) -> None:
        """Make everything recorded so far permanent."""
        self.archive.flush()
        connection = self.connection
        self.frontier.save_segments(self.archive.committed_length)
        for name, counts in self.counts.items():
            connection.execute(
                "INSERT OR REPLACE INTO run_source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self.run_id, name, counts.requests, counts.ok, counts.not_modified,
                 counts.errors, counts.articles, counts.revisits),
            )  # fmt: skip
        connection.execute(
            "UPDATE run SET requests = ?, errors = ? WHERE run_id = ?",
            (
                sum(counts.requests for counts in self.counts.values()),
                sum(counts.errors for counts in self.counts.values()),
                self.run_id,
            ),
        )
        self.frontier.commit()
        self.pending = 0
        self.committed_at = monotonic()

    def commit_if_due(self) -> None:
        """Commit when something has waited for a second."""
        if self.pending and monotonic() - self.committed_at >= BATCH_SECONDS:
            self.commit()

    def finish(self, outcome: str) -> None:
        """Commit the rest and close the run."""
        self.connection.execute(
            "UPDATE run SET finished_at = ?, outcome = ? WHERE run_id = ?",
            (self.now(), outcome, self.run_id),
        )
        self.commit()
        self.archive.close()

    def _count(self, task: Task, visit: Visit) -> None:
        counts = self.counts.setdefault(task.source, Counts())
        counts.requests += visit.error not in _UNASKED
        counts.revisits += task.rank is Rank.REVISIT
        if visit.error is not None:
            counts.errors += 1
            counts.is_blocked |= visit.error in BLOCKS or visit.error in REFUSALS
            counts.is_unreachable |= visit.error in BROKEN and task.role == "start"
            if task.role == "start":
                target = f" to {visit.target}" if visit.target else ""
                counts.note = f"{task.url}: {visit.error}{target}"
        elif visit.kind == "not_modified":
            counts.not_modified += 1
        else:
            counts.ok += 1
            counts.articles += visit.kind == "article"


def recover(frontier: Frontier, archive_folder: Path) -> int:
    """Undo what a killed run left half done; return how many URLs were put back.

    Raises:
        ArchiveError: the archive is shorter than what was committed.
    """
    truncate_to(archive_folder, frontier.segments())
    frontier.begin()
    count = queue.recover(frontier.connection)
    frontier.commit()
    return count


def start_run(frontier: Frontier, now: float) -> int:
    """Enter a new run; return its run_id."""
    frontier.begin()
    cursor = frontier.connection.execute("INSERT INTO run (started_at) VALUES (?)", (now,))
    frontier.commit()
    return int(cursor.lastrowid or 0)


def _before(task: Task) -> Before:
    return Before(
        url=task.url,
        role=task.role,
        rank=task.rank,
        kind=task.kind,
        attempts=task.attempts,
        interval=task.interval,
        published_at=task.published_at,
        is_new=task.fetched_at is None,
    )


def _without_loop(connection: sqlite3.Connection, task: Task, visit: Visit) -> Visit:
    """Return `visit`, as an error if its redirect leads back to where it came from."""
    if visit.target is None or visit.error is not None:
        return visit
    if task.hops < MAX_HOPS and not _leads_back(connection, task, visit.target):
        return visit
    return Visit(
        kind=visit.kind,
        fetched_at=visit.fetched_at,
        status=visit.status,
        error=Trouble.REDIRECT_LOOP,
        target=visit.target,
    )


def _leads_back(connection: sqlite3.Connection, task: Task, target: str) -> bool:
    row = connection.execute(_CHAIN, {"source": task.source, "target": target,
                                      "url_id": task.url_id}).fetchone()  # fmt: skip
    return bool(row[0])


def _unchanged_if_same(task: Task, visit: Visit) -> Visit:
    """Return `visit` as "not modified" if its body is the one archived last."""
    if visit.page is None or visit.page.digest != task.digest:
        return visit
    return Visit(
        kind="not_modified",
        fetched_at=visit.fetched_at,
        status=visit.status,
        etag=visit.etag,
        last_modified=visit.last_modified,
    )


def _add_fetch(
    connection: sqlite3.Connection,
    run_id: int,
    task: Task,
    visit: Visit,
    location: Location | None,
) -> None:
    place = (location.file, location.offset, location.length) if location else (None,) * 3
    connection.execute(
        "INSERT INTO fetch (run_id, url_id, fetched_at, final_url, status, kind, error, bytes,"
        " file, offset, length, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run_id,
            task.url_id,
            visit.fetched_at.timestamp(),
            visit.target or task.url,
            visit.status,
            str(visit.kind),
            None if visit.error is None else str(visit.error),
            len(visit.page.body) if visit.page else None,
            *place,
            visit.page.digest if visit.page else None,
        ),
    )


def _follow(connection: sqlite3.Connection, task: Task, visit: Visit, now: float) -> None:
    """Enter the target of a redirect; it is fetched like any other URL, in its turn."""
    assert visit.target is not None  # noqa: S101 - the caller asked
    new = NewUrl(
        url=visit.target,
        role=task.role,
        rank=Rank.ROOT,
        due_at=now,
        reason="where a redirect leads",
        depth=task.depth,
        hops=task.hops + 1,
        found_on=task.url_id,
        link_text=task.link_text,
        published_at=task.published_at,
    )
    add_url(connection, task.source, new, now)
    connection.execute(
        "UPDATE url SET alias_of = (SELECT url_id FROM url WHERE source = ? AND url = ?)"
        " WHERE url_id = ?",
        (task.source, visit.target, task.url_id),
    )


def _write_url(
    connection: sqlite3.Connection,
    task: Task,
    visit: Visit,
    settled: Settled,
    news: News,
    now: float,
) -> None:
    connection.execute(
        _WRITE_URL,
        {
            "url_id": task.url_id,
            "state": "waiting" if settled.seconds > 0 else "queued",
            "rank": settled.rank.value,
            "due_at": now + settled.seconds,
            "reason": settled.reason,
            "interval": settled.interval,
            "kind": None if settled.kind is None else str(settled.kind),
            "attempts": settled.attempts,
            "is_settled": settled.evidence is not None,
            "now": now,
            "digest": visit.page.digest if visit.page else None,
            "etag": visit.etag,
            "last_modified": visit.last_modified,
            "is_page": visit.page is not None,
            "status": visit.status,
            "error": None if visit.error is None else str(visit.error),
            "is_gone": settled.is_gone,
            "news": news.new_articles,
        },
    )


def _note_host(connection: sqlite3.Connection, task: Task, visit: Visit, now: float) -> None:
    error = visit.error
    if error in REFUSALS or error == Trouble.ROBOTS_UNREACHABLE:
        retry_after = parse_retry_after(visit.retry_after, now)
        hosts.note_refusal(connection, task.host, now, str(error), retry_after)
    elif error in BROKEN or error in BLOCKS:
        if hosts.note_failure(connection, task.host, now) >= STRIKES:
            word = "unreachable" if error in BROKEN else "blocked"
            hosts.note_refusal(connection, task.host, now, word, None)
    elif error != Trouble.ROBOTS:
        hosts.note_answer(connection, task.host, now)


def _note_shape(connection: sqlite3.Connection, task: Task, settled: Settled, now: float) -> None:
    if settled.evidence is None or task.role in {"feed", "sitemap"}:
        return
    shapes.note_fetched(connection, task.source, task.shape, settled.evidence, now)
    if settled.evidence is shapes.Evidence.ARTICLE and task.found_on is not None:
        _credit(connection, task.found_on, now)


def _credit(connection: sqlite3.Connection, found_on: int, now: float) -> None:
    """Let the page that led to a new article, and its shape, have the merit."""
    row = connection.execute(
        "SELECT source, shape, yielded, role FROM url WHERE url_id = ?", (found_on,)
    ).fetchone()
    if row is None or row[2] or row[3] in {"feed", "sitemap"}:
        return
    connection.execute("UPDATE url SET yielded = 1 WHERE url_id = ?", (found_on,))
    shapes.note_late_yield(connection, row[0], row[1], now)


_CHAIN: Final = """
    WITH RECURSIVE chain (url_id, alias_of) AS (
        SELECT url_id, alias_of FROM url WHERE source = :source AND url = :target
        UNION
        SELECT url.url_id, url.alias_of FROM url JOIN chain ON url.url_id = chain.alias_of
    )
    SELECT count(*) FROM chain WHERE url_id = :url_id
"""

_WRITE_URL: Final = """
    UPDATE url
    SET state = :state,
        lease_run = NULL,
        rank = :rank,
        due_at = :due_at,
        reason = :reason,
        interval = :interval,
        kind = :kind,
        attempts = :attempts,
        fetched_at = CASE WHEN :is_settled OR fetched_at IS NOT NULL THEN :now END,
        digest = coalesce(:digest, digest),
        etag = CASE WHEN :is_page THEN :etag ELSE etag END,
        last_modified = CASE WHEN :is_page THEN :last_modified ELSE last_modified END,
        last_status = :status,
        last_error = :error,
        gone_at = CASE WHEN :is_gone THEN coalesce(gone_at, :now) END,
        yielded = max(yielded, :news)
    WHERE url_id = :url_id
"""
