"""The main job: crawl what is due, build, check, publish, and say in one code how it went."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from duckdb import DuckDBPyConnection

from crawler.frontier.store import open_frontier
from crawler.frontier.verdicts import save_findings
from crawler.run import CrawlReport, crawl
from crawler.session import Progress as CrawlProgress
from crawler.sources import Project
from warehouse.build import BuildReport, Progress, build
from warehouse.checks import CheckFailure, run_checks
from warehouse.exits import Exit, TerminatedError
from warehouse.health.findings import Finding, find, finding_record, with_history
from warehouse.health.judgement import SourceFacts, SourceHealth, health_of
from warehouse.health.states import Health
from warehouse.load import load_findings, load_source_runs
from warehouse.overrides import read_overrides
from warehouse.public import open_public
from warehouse.publish import last_checked, publish
from warehouse.report.page import write_report
from warehouse.search_index import tokenizer_of
from warehouse.snapshots import PublishReport, read_manifest
from warehouse.store import open_warehouse, read_meta, read_sql

BUILD_SHARE: Final = 0.2  # of a run's time kept for cleaning, loading and publishing

LEAST_KEPT: Final = 0.5  # share of the public articles; sites don't lose half of theirs in a day

_NOTHING: Final = (0, 0, 0, 0, None)  # of a source with nothing built: as source_pages.sql

# What a run ends with when several hold: the worst, as DESIGN.md orders them.
_WORST_FIRST: Final = (Exit.NOT_PUBLISHED, Exit.BROKEN, Exit.BLOCKED, Exit.DEGRADED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What became of publishing: the checks that failed, else how it ended."""

    failures: tuple[CheckFailure, ...] = ()
    report: PublishReport | None = None

    @property
    def exit(self) -> Exit:
        """NOT_PUBLISHED where a check stood in the way."""
        return Exit.NOT_PUBLISHED if self.failures else Exit.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """All that one run did."""

    crawl: CrawlReport
    build: BuildReport
    health: tuple[SourceHealth, ...]
    publication: Publication

    @property
    def exit(self) -> Exit:
        """The worst of the sources' states and of publishing."""
        if self.crawl.signal is not None:
            return Exit.of_signal(self.crawl.signal)
        found = {one.exit_code for one in self.health} | {self.publication.exit}
        return next((code for code in _WORST_FIRST if code in found), Exit.OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Whom a run tells how far it is."""

    crawling: Callable[[CrawlProgress], None]
    building: Progress


def run(
    project: Project, *, sources: Sequence[str] | None, run_for: float, now: datetime, watch: Watch
) -> RunReport:
    """Crawl, build, check and publish within about `run_for` seconds; the caller has the lock.

    `now` is when it begins; what it builds and publishes says when that was done.

    After SIGINT what was fetched by then is still built and published, for whoever sits there;
    after SIGTERM, as when the machine goes down, it is left to the next run.

    Raises:
        TerminatedError: the crawl was ended by SIGTERM.
    """
    started = time.monotonic()
    read_overrides(project.overrides)  # what is wrong in it is said before hours of crawling,
    tokenizer_of(project)  # and what is missing
    crawled = crawl(
        project, sources=sources, run_for=run_for * (1 - BUILD_SHARE), on_progress=watch.crawling
    )
    if crawled.signal == signal.SIGTERM:
        raise TerminatedError

    def moment() -> datetime:
        return now + timedelta(seconds=time.monotonic() - started)

    built = build(
        project,
        now=moment(),
        is_time_up=lambda: time.monotonic() - started > run_for,
        progress=watch.building,
    )
    return RunReport(
        crawl=crawled,
        build=built,
        health=judge_sources(project, crawled),
        publication=check_and_publish(project, now=moment()),
    )


def judge_sources(project: Project, crawled: CrawlReport) -> tuple[SourceHealth, ...]:
    """Judge each crawled source by this run and by its history, and keep that."""
    run_id = crawled.run_id
    with (
        open_frontier(project.frontier) as frontier,
        open_warehouse(project.warehouse, project.memory) as db,
    ):
        found = find(db, run_id)
        health = tuple(health_of(facts) for facts in _facts(db, crawled, found))
        judged = [(one.source, one.state.value, one.reason) for one in health]
        frontier.save_health(run_id, judged)
        records = [finding_record(one) for one in found]
        save_findings(frontier, run_id, records)
        load_findings(db, [{"run_id": run_id} | one for one in records])
        load_source_runs(db, frontier.source_runs())
    return health


def check_and_publish(project: Project, *, now: datetime) -> Publication:
    """Run the checks on the private warehouse and, where all pass, publish it.

    Also held back is a warehouse that has lost much of what is public: after a rebuild that was
    cut short, or a lost archive.  `publish_what_is_left` publishes it all the same.
    """
    with open_warehouse(project.warehouse, project.memory) as db:
        shrunken = _shrunken(db, project)
        if shrunken:
            return Publication(failures=(shrunken,))
    return publish_what_is_left(project, now=now)


def publish_what_is_left(project: Project, *, now: datetime) -> Publication:
    """Run the checks and publish, however little there is, as after `fatiao forget`."""
    with open_warehouse(project.warehouse, project.memory) as db:
        failures = run_checks(db, last_checked(project))
        if failures:
            return Publication(failures=tuple(failures))
        ((run_id,),) = db.execute("SELECT coalesce(max(run_id), 0) FROM ops.run").fetchall()
        report = publish(db, project, run_id=run_id, now=now, write_report=write_report)
    return Publication(report=report)


def _shrunken(db: DuckDBPyConnection, project: Project) -> CheckFailure | None:
    manifest = read_manifest(project.public)
    before = int(manifest["rows"].get("core.article", 0)) if manifest else 0
    ((now,),) = db.execute("SELECT count(*) FROM core.article").fetchall()
    waiting = int(read_meta(db).get("unbuilt", "0"))
    if now >= before or (now >= LEAST_KEPT * before and not waiting):
        return None
    mend = (
        f"{waiting} fetches wait to be built: run fatiao build"
        if waiting
        else "see whether the archive is whole; if it is right so: fatiao publish --fewer"
    )
    return CheckFailure(
        name="shrunken",
        meaning=f"much of what is public is gone; {mend}",
        rows=before - now,
        examples=({"public": before, "now": now},),
    )


def summary(project: Project) -> dict[str, Any] | None:
    """Return the counts of what is public, by name, or None where nothing is yet."""
    if not project.public.exists():
        return None
    with open_public(project) as db:
        result = db.execute(read_sql("summary.sql"))
        names = [column[0] for column in result.description or ()]
        (row,) = result.fetchall()
    return dict(zip(names, row, strict=True))


def _facts(
    db: DuckDBPyConnection, crawled: CrawlReport, found: Sequence[Finding]
) -> Iterator[SourceFacts]:
    rows = db.execute(read_sql("build/source_pages.sql"), {"run_id": crawled.run_id}).fetchall()
    built = {source: counts for source, *counts in rows}
    known = with_history(db)
    unread = int(read_meta(db).get("unbuilt", "0"))
    for one in crawled.sources:
        ever, articles_now, pages, rejected, last = built.get(one.source, _NOTHING)
        yield SourceFacts(
            source=one.source,
            requests=one.requests,
            ok=one.ok + one.not_modified,
            errors=one.errors,
            articles_now=articles_now,
            articles_ever=ever,
            is_blocked=one.blocked,
            is_unreachable=one.unreachable,
            pages=pages,
            rejected=rejected,
            unread=unread,
            has_history=one.source in known,
            note=one.note,
            last_state=Health(last) if last else None,
            findings=tuple(finding for finding in found if finding.source == one.source),
        )
