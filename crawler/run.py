"""A crawl from start to end: `crawl` runs Scrapy once in this process and reports what came of it.

Call it from a fresh process (Twisted's reactor cannot be started twice), holding `project_lock`.
"""

import logging
import signal
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crawler import settings
from crawler.disk import naming
from crawler.frontier import outlook, queue
from crawler.frontier.ledger import Counts
from crawler.frontier.store import as_time
from crawler.lock import LockedError, project_lock
from crawler.opening import open_session
from crawler.session import (
    Progress,
    Session,
    choose_sources,
    require_contact,
)
from crawler.sources import Project

if TYPE_CHECKING:
    from crawler.frontier.leases import Terms  # of the extra fatiao[postgres]

__all__ = ["CrawlReport", "LockedError", "SourceReport", "crawl", "project_lock"]

LOGS_KEPT: Final = 20  # files, one a run


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What a run did for one source."""

    source: str
    requests: int  # robots.txt included
    ok: int
    not_modified: int
    errors: int
    articles_seen: int  # pages judged to be articles
    blocked: bool
    unreachable: bool
    remaining: int  # URLs due now or queued
    next_due: datetime | None
    note: str  # one line for people; empty if all is well


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a run did."""

    run_id: int
    started_at: datetime
    finished_at: datetime
    outcome: str  # finished, budget, interrupted, nothing_due; memory: it wanted too much
    signal: int | None  # that interrupted it: SIGINT or SIGTERM
    sources: tuple[SourceReport, ...]

    @property
    def requests(self) -> int:
        """All requests of the run."""
        return sum(source.requests for source in self.sources)

    @property
    def remaining(self) -> int:
        """All URLs that are due or queued at its end."""
        return sum(source.remaining for source in self.sources)


def crawl(
    project: Project,
    *,
    sources: Sequence[str] | None,
    run_for: float,
    clock: Callable[[], datetime] | None = None,
    max_requests: float = inf,
    on_progress: Callable[[Progress], None] | None = None,
    terms: "Terms | None" = None,
) -> CrawlReport:
    """Fetch what is due, for at most `run_for` seconds, and report.

    The first SIGINT or SIGTERM ends it gracefully (a download under way may take its 30 seconds),
    a second one at once; either way the next run goes on where this one stopped.

    Args:
        project: its folder holds the frontier and the archive.
        sources: names, also of disabled ones; None: all that are enabled.
        run_for: seconds.
        clock: the time to write down; the budget is measured on the monotonic clock.
        max_requests: of a trial, robots.txt included.
        on_progress: called about once a second.
        terms: on which a frontier in Postgres is shared; None: the usual ones.

    Raises:
        ConfigError: an unknown source, or a public one and no contact.
        ArchiveError, FrontierError: the files are damaged or of another version.
        OSError: the disk is full; what was committed is whole.
    """
    chosen = choose_sources(project, sources)
    require_contact(project, chosen.values())
    clock = clock or _utc_now
    started_at = clock()
    with open_session(project, chosen, run_for, clock, max_requests, terms) as session:
        outcome = "nothing_due"
        if session.has_more():
            log_file = _log_file(project, session.ledger.run_id)
            with naming(log_file):
                _run_scrapy(session, log_file, on_progress)
            outcome = session.stopped_by or "finished"
        if session.failure is not None:
            raise session.failure
        session.ledger.finish(outcome)
        return CrawlReport(
            run_id=session.ledger.run_id,
            started_at=started_at,
            finished_at=clock(),
            outcome=outcome,
            signal=session.signal,
            sources=tuple(
                _report(session, name) for name in chosen if name in session.ledger.counts
            ),
        )


def _run_scrapy(
    session: Session, log_file: Path, on_progress: Callable[[Progress], None] | None
) -> None:
    # Importing Scrapy takes half a second; a run with nothing due need not.
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415

    from crawler.spider import SourceSpider  # noqa: PLC0415

    options: dict[str, Any] = settings.as_dict() | {
        "LOG_FILE": str(log_file),
        "LOG_FILE_APPEND": False,
    }
    # On a full disk each line of the log would else be a trace on the terminal.
    logging.raiseExceptions = False
    process = CrawlerProcess(options)
    process.crawl(SourceSpider, session=session, on_progress=on_progress)
    with _graceful_signals(session):
        process.start(install_signal_handlers=False)
    if process.bootstrap_failed:
        raise RuntimeError(f"Scrapy did not start; see {log_file}")


@contextmanager
def _graceful_signals(session: Session) -> Generator[None]:
    """Let the first SIGINT or SIGTERM end the session, and a second one the process."""
    numbers = (signal.SIGINT, signal.SIGTERM)

    def stop(number: int, _frame: object) -> None:
        session.signal = number
        session.stop("interrupted")
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _log_file(project: Project, run_id: int) -> Path:
    """Return where the run writes its log, after removing the oldest ones."""
    project.log.mkdir(parents=True, exist_ok=True)
    for old in sorted(project.log.glob("crawl-*.log"))[: -LOGS_KEPT + 1]:
        old.unlink(missing_ok=True)
    return project.log / f"crawl-{run_id:06d}.log"


def _report(session: Session, name: str) -> SourceReport:
    connection, now = session.ledger.connection, session.now()
    counts = session.ledger.counts.get(name, Counts())
    due = outlook.next_due(connection, name)
    return SourceReport(
        source=name,
        requests=counts.requests,
        ok=counts.ok,
        not_modified=counts.not_modified,
        errors=counts.errors,
        articles_seen=counts.articles,
        blocked=counts.is_blocked,
        unreachable=counts.is_unreachable,
        remaining=outlook.remaining(connection, name, now),
        next_due=None if due is None else as_time(due),
        note=_note(session, name, counts),
    )


def _note(session: Session, name: str, counts: Counts) -> str:
    connection, source = session.ledger.connection, session.sources[name]
    waiting = outlook.host_waiting(connection, name, session.now())
    if waiting is not None:
        until, reason = waiting
        return f"left alone until {as_time(until):%Y-%m-%d %H:%M} UTC: {reason}"
    if queue.has_enough(connection, source):
        return f"max_articles = {source.max_articles} reached"
    return counts.note


def _utc_now() -> datetime:
    return datetime.now(UTC)
