"""Everything from the archive to the private warehouse: clean, cite, verify, load, group.

A build takes the fetches that the warehouse has not seen, in the order in which they were
committed, and keeps its place (`last_fetch_id` in ops.meta) in the same transaction as the
rows, so it can be killed anywhere and run again.  Work is proportional to what is new.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.faults import Point, reached
from crawler.frontier.learn import Lesson, learn
from crawler.frontier.store import Fetch, Frontier, open_frontier
from crawler.frontier.verdicts import findings
from crawler.kind import Kind
from crawler.sources import Project
from crawler.visit import Trouble
from pipeline.dedup.prepare import Prepared
from warehouse.clusters import NOTHING_PREPARED
from warehouse.correct import OverrideReport, apply_overrides
from warehouse.elsewhere import require_segments
from warehouse.engine.ahead import Ahead
from warehouse.engine.engine import Engine
from warehouse.grouping import group_fetched
from warehouse.health.withhold import withhold
from warehouse.load import (
    load_batch,
    load_findings,
    load_runs,
    load_source_runs,
    load_sources,
)
from warehouse.relocate import follow_archive, without_forgotten
from warehouse.rows import Row, citation_rows, fetch_row, outcome_row, page_row
from warehouse.split import join_split
from warehouse.stale import discard_stale, refresh
from warehouse.store import open_warehouse, read_meta, read_sql, transaction, write_meta
from warehouse.teaching import read_batch, undecided, with_templates
from warehouse.templates import decided_upto, save_decided
from warehouse.texts import open_texts
from warehouse.workers import PageJob, PageResult

BATCH: Final = 400  # fetches in one transaction; a kill repeats at most these
# Where it is decided by which template each page is read, as in a rebuild, nothing is learned from
# batch to batch.  Some hundred statements a batch were half of what loading and grouping took.
LARGE_BATCH: Final = 2_000
_PAGE_KINDS: Final = frozenset({Kind.ARTICLE, Kind.LISTING, Kind.BLOCKED, Kind.ERROR})

Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What one build did; counts of fetches, pages, citations."""

    fetches: int
    new: int
    changed: int
    rejected: int
    citations: int
    remaining: int  # fetches left because the time was up
    remade: str | None  # why everything was built again, or None
    overrides: OverrideReport


def build(
    project: Project,
    *,
    now: datetime,
    is_time_up: Callable[[], bool],
    progress: Progress,
    engine: Engine | None = None,
) -> BuildReport:
    """Bring the private warehouse up to the frontier; the caller holds the project's lock.

    `engine` works on the pages, ahead of the build and elsewhere; without one the build does.

    Raises:
        EngineError: the engine's work came to nothing; what is built stays.
    """
    remade = discard_stale(project)
    with (
        open_frontier(project.frontier) as frontier,
        open_warehouse(project.warehouse, project.memory) as db,
    ):
        with transaction(db):
            _load_runs(db, frontier, project)
            follow_archive(db, frontier)
            texts = open_texts(project.statutes)
            refresh(db, texts)
        with _ahead(project, frontier, engine, progress) as ahead:
            pages = _Pages(project, ahead)
            counts = _build_new(db, frontier, pages, is_time_up, progress)
        overrides = apply_overrides(db, project.overrides, texts)
        _teach(db, frontier, now)
        remaining = frontier.count_fetches_after(_place(db))
        write_meta(db, {"built_at": now.isoformat(), "unbuilt": str(remaining)})
    return BuildReport(
        fetches=counts["fetches"],
        new=counts["new"],
        changed=counts["changed"],
        rejected=counts["rejected"],
        citations=counts["citations"],
        remaining=remaining,
        remade=remade,
        overrides=overrides,
    )


def _load_runs(db: DuckDBPyConnection, frontier: Frontier, project: Project) -> None:
    """Take over what the crawls say of themselves."""
    load_sources(db, project.sources)
    load_runs(db, frontier.runs())
    load_source_runs(db, frontier.source_runs())
    load_findings(db, findings(frontier))


@dataclass(frozen=True, slots=True)
class _Pages:
    """Whose pages are built, and who works on them."""

    project: Project
    ahead: Ahead | None  # None: the build does

    @property
    def prepared(self) -> Mapping[str, Prepared]:
        """What finds the reposts of the texts read last, by text, where a worker has made it."""
        return self.ahead.prepared if self.ahead else NOTHING_PREPARED

    def read(self, db: DuckDBPyConnection, fetches: Sequence[Fetch]) -> Mapping[int, PageResult]:
        """Return what the pages that `fetches` brought turned out to be, by fetch."""
        folder, jobs = self.project.templates, list(jobs_of(self.project, fetches))
        if self.ahead is None:
            results = read_batch(db, folder, jobs, fetches)
        else:
            first, last = fetches[0].fetch_id, fetches[-1].fetch_id
            self.ahead.prepare(first, last, decided_upto(folder))
            results = read_batch(db, folder, jobs, fetches, self.ahead.read)
        return {one.job.fetch_id: one for one in results}


@contextmanager
def _ahead(
    project: Project, frontier: Frontier, engine: Engine | None, progress: Progress
) -> Generator[Ahead | None]:
    if engine is None:
        yield None
        return
    made = Ahead(
        engine=engine,
        folder=project.parts,
        frontier=frontier,
        jobs_of=lambda fetches: with_templates(project.templates, list(jobs_of(project, fetches))),
        progress=progress,
    )
    with closing(made):
        yield made


def _build_new(
    db: DuckDBPyConnection,
    frontier: Frontier,
    pages: _Pages,
    is_time_up: Callable[[], bool],
    progress: Progress,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    total = frontier.count_fetches_after(_place(db))
    folder = pages.project.templates
    while not is_time_up():
        place = _place(db)
        size = LARGE_BATCH if place < decided_upto(folder) else BATCH
        fetches = undecided(folder, frontier.fetches_after(place, size))
        if not fetches:
            break
        require_segments(pages.project, frontier, fetches)
        counts.update(_build_batch(db, frontier, pages, fetches))
        progress(counts["fetches"], total)
    return counts


def _build_batch(
    db: DuckDBPyConnection, frontier: Frontier, pages: _Pages, fetches: Sequence[Fetch]
) -> Mapping[str, int]:
    results = join_split(pages.read(db, fetches), fetches, frontier)
    rows = [row for fetch in fetches if (row := _page_row(fetch, results)) is not None]
    rows = without_forgotten(frontier, rows)
    citations = [row for result in results.values() for row in citation_rows(result)]
    first, last = fetches[0].fetch_id, fetches[-1].fetch_id
    reached(Point.BEFORE_LOAD)
    with transaction(db):
        load_batch(db, [fetch_row(fetch) for fetch in fetches], rows, citations)
        restored = withhold(db, first, last)
        group_fetched(db, first, last, also=restored, prepared=pages.prepared)
        unbuilt = frontier.count_fetches_after(last)
        write_meta(db, {"last_fetch_id": str(last), "unbuilt": str(unbuilt)})
        reached(Point.INSIDE_LOAD)
    reached(Point.AFTER_LOAD)
    save_decided(pages.project.templates, last)
    span = {"first": first, "last": last}
    outcomes = dict(db.execute(read_sql("build/outcomes.sql"), span).fetchall())
    return outcomes | {"fetches": len(fetches), "citations": len(citations)}


def jobs_of(project: Project, fetches: Sequence[Fetch]) -> Iterator[PageJob]:
    """Yield the work on each of `fetches` that brought a page; templates are not chosen yet."""
    since = {source.name: source.since for source in project.sources}
    for fetch in fetches:
        if fetch.location is not None and fetch.kind in _PAGE_KINDS and fetch.status == 200:
            yield PageJob(
                fetch_id=fetch.fetch_id,
                source=fetch.source,
                url=fetch.final_url,
                fetched_at=fetch.fetched_at,
                archive=project.archive,
                location=fetch.location,
                link_text=fetch.link_text,
                since=since.get(fetch.source),
                statutes=project.statutes,
            )


def _page_row(fetch: Fetch, results: Mapping[int, PageResult]) -> Row | None:
    if fetch.fetch_id in results:
        return page_row(results[fetch.fetch_id])
    if fetch.kind == "not_modified":
        return outcome_row(fetch, "not_modified")
    if fetch.status in (404, 410) or fetch.error == Trouble.LEADS_HOME:
        return outcome_row(fetch, "gone")
    return None


def _teach(db: DuckDBPyConnection, frontier: Frontier, now: datetime) -> None:
    """Tell the frontier what its pages turned out to be; saying it twice changes nothing."""
    place = _place(db)
    rows = db.execute(
        read_sql("build/lessons.sql"), {"learned": frontier.learned_upto(), "built": place}
    ).fetchall()
    lessons = [
        Lesson(
            fetch_id=fetch_id,
            url=url,
            source=source,
            outcome="not_article" if outcome == "rejected" else "article",
            text_digest=digest,
            published_on=published_on,
            canonical=canonical if canonical != url else None,
        )
        for fetch_id, url, source, outcome, digest, published_on, canonical in rows
    ]
    learn(frontier, lessons, upto=place, now=now)


def _place(db: DuckDBPyConnection) -> int:
    return int(read_meta(db).get("last_fetch_id", "0"))
