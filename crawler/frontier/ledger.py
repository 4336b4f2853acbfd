"""What a run writes, in the one order that loses nothing.

archive append → flush → ONE SQLite commit {fetch row, place in the archive, state of the URL, links
found, host clock, committed length of the segment}, every 20 pages or after a second.  What was not
committed when the process died is fetched again; `recover` cuts its bytes off.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Final

from crawler.archive import Location
from crawler.archive_writer import ArchiveWriter, truncate_to
from crawler.faults import Point, reached
from crawler.frontier import aliases, buried, entries, queue, shapes
from crawler.frontier.connection import Connection
from crawler.frontier.links import add_links
from crawler.frontier.queue import Task
from crawler.frontier.schedule import Rank
from crawler.frontier.settle import BLOCKS, BROKEN, LISTS, News, settle
from crawler.frontier.shapes import Evidence
from crawler.frontier.shown import Shown
from crawler.frontier.store import Frontier
from crawler.sources import Source
from crawler.visit import Trouble, Visit

_UNASKED: Final = frozenset({Trouble.ROBOTS, Trouble.ROBOTS_UNREACHABLE})  # no request was made
# To obey is no failure, nor is a guess of ours that was wrong.
_NO_FAILURES: Final = frozenset({None, Trouble.ROBOTS, Trouble.NO_SITEMAP, Trouble.FORGOTTEN})


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

    def note_start(self, task: Task, visit: Visit) -> None:
        """Let what became of a start URL speak for the whole source."""
        self.is_blocked |= visit.error in BLOCKS
        self.is_unreachable = visit.error in BROKEN | {Trouble.ROBOTS_UNREACHABLE}
        target = f" to {visit.target}" if visit.target else ""
        self.note = f"{task.url}: {visit.error}{target}" if visit.error else ""


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
    touched: set[str] = field(default_factory=set)  # sources whose counts are to be written

    @property
    def connection(self) -> Connection:
        """The frontier's connection; always inside a transaction."""
        self.frontier.begin()
        return self.frontier.connection

    def now(self) -> float:
        """Return the clock's time in seconds since 1970."""
        return self.clock().timestamp()

    def record(self, task: Task, source: Source, visit: Visit) -> None:
        """Archive and enter what came of `task`."""
        connection, now = self.connection, self.now()
        if task.source not in self.shown.by_source:
            self.shown.begin(task.source, shapes.dry_of(connection, task.source))
        robots = visit.robots
        visit = aliases.without_loop(connection, task, visit)
        visit = entries.gone_if_home(task, visit)
        visit = buried.without_forgotten(connection, visit)
        visit = entries.unchanged_if_same(task, visit)
        reached(Point.BEFORE_ARCHIVE)
        location = self._archive(task, visit)
        reached(Point.AFTER_ARCHIVE)
        entries.add_fetch(connection, self.run_id, task, visit, location, robots)
        news = News()
        if visit.found:
            news = add_links(connection, task, source, visit, self.shown, now)
        if visit.target is not None and visit.error is None:
            aliases.follow(connection, task, visit, now)
        settled = settle(visit, entries.before(task), news, now=now)
        entries.write_url(connection, task, visit, settled, news, now)
        aliases.note_canonical(connection, task, visit, now)
        left_alone = entries.note_host(connection, task, visit, now)
        self._note_shape(task, visit, settled.evidence, now)
        self._count(task, visit, left_alone)
        self.pending += 1
        if self.pending >= self.archive.batch_pages:
            self.commit()

    def commit(self) -> None:
        """Make everything recorded so far permanent."""
        self.archive.flush()
        connection = self.connection
        self.frontier.save_segments(self.archive.committed_length)
        for name in sorted(self.touched):
            counts = self.counts[name]
            connection.execute(
                _RUN_SOURCE,
                (self.run_id, name, counts.requests, counts.ok, counts.not_modified,
                 counts.errors, counts.articles, counts.revisits),
            )  # fmt: skip
        for name in self.touched.intersection(self.shown.by_source):
            shapes.save_dry(connection, name, self.shown.lately(name).dry)
        connection.execute(
            "UPDATE run SET requests = ?, errors = ? WHERE run_id = ?",
            (
                sum(counts.requests for counts in self.counts.values()),
                sum(counts.errors for counts in self.counts.values()),
                self.run_id,
            ),
        )
        reached(Point.BEFORE_COMMIT)
        self.frontier.commit()
        reached(Point.AFTER_COMMIT)
        self.pending = 0
        self.touched.clear()
        self.committed_at = monotonic()

    def enter(self, source: str) -> Counts:
        """Return the counts of `source`, which are to be written with the next commit."""
        self.touched.add(source)
        return self.counts.setdefault(source, Counts())

    def leave(self, source: str) -> None:
        """Let another run go on with `source`; what its lists have shown is not ours to keep."""
        self.shown.leave(source)

    def commit_if_due(self) -> None:
        """Commit when something has waited for a second."""
        if self.pending and monotonic() - self.committed_at >= self.archive.batch_seconds:
            self.commit()

    def finish(self, outcome: str) -> None:
        """Commit the rest and close the run."""
        self.connection.execute(
            "UPDATE run SET finished_at = ?, outcome = ? WHERE run_id = ?",
            (self.now(), outcome, self.run_id),
        )
        self.commit()
        self.archive.close()

    def _archive(self, task: Task, visit: Visit) -> Location | None:
        if visit.page is not None:
            return self.archive.append(visit.page)
        if visit.revisit is not None:
            first_at = entries.archived_at(self.connection, task)
            if first_at is None:
                return self.archive.append(visit.revisit)
            return self.archive.append_revisit(visit.revisit, first_at)
        return None

    def _note_shape(self, task: Task, visit: Visit, evidence: Evidence | None, now: float) -> None:
        if evidence is None or task.role in {"feed", "sitemap"}:
            return
        if evidence is Evidence.BARREN and visit.kind in LISTS:
            self.shown.note_dry(task.source)
        entries.note_shape(self.connection, task, evidence, self.shown, now)

    def _count(self, task: Task, visit: Visit, left_alone: str | None) -> None:
        counts = self.enter(task.source)
        counts.requests += visit.error not in _UNASKED
        counts.revisits += task.rank is Rank.REVISIT
        counts.errors += visit.error not in _NO_FAILURES
        counts.not_modified += visit.kind == "not_modified"
        counts.ok += visit.error is None and visit.kind != "not_modified"
        counts.articles += visit.error is None and visit.kind == "article"
        if left_alone is not None:
            counts.is_unreachable |= left_alone.endswith("unreachable")
            counts.is_blocked |= not left_alone.endswith("unreachable")
        if task.role == "start":
            counts.note_start(task, visit)
        elif visit.error == Trouble.NO_ENTRIES:
            counts.note = counts.note or f"{task.url}: a {visit.kind} that yields nothing"


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
    (run_id,) = frontier.connection.execute(
        "INSERT INTO run (started_at) VALUES (?) RETURNING run_id", (now,)
    ).fetchone()
    frontier.commit()
    return int(run_id)


_RUN_SOURCE: Final = """
    INSERT INTO run_source VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id, source) DO UPDATE
    SET requests = excluded.requests, ok = excluded.ok, not_modified = excluded.not_modified,
        errors = excluded.errors, articles = excluded.articles, revisits = excluded.revisits
"""
