"""When a source's pages teach a template: at the first five articles, and when they stop fitting.

Asked once of each batch of fetches, before it is loaded, so that the pages that taught a
template are read by it too.  `warehouse.templates` keeps what was learned and from which fetch
on it applies; a rebuild asks nothing again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import comb
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.archive import ArchiveAwayError, ArchiveError, ArchivePlace, Location, read_page
from crawler.decode import decode
from crawler.frontier.store import Fetch
from pipeline.article import Article, Page
from pipeline.template.apply import was_read_by_template
from pipeline.template.layout import Template
from pipeline.template.learn import MAX_PAGES, MIN_PAGES, learn, spread
from warehouse.pool import Overrun, map_bounded
from warehouse.store import read_sql
from warehouse.templates import decided_upto, file_of, save, template_for, versions_of
from warehouse.workers import PageJob, PageResult, process_pages, without_walls

WINDOW: Final = 20  # newest articles of a source that are looked at for not fitting
MAX_MISFITS: Final = 0.1  # share of pages that may differ from the rest of their site
CHANCE: Final = 0.001  # of so many misfits in the window, had nothing changed
GROWTH: Final = 4  # times as many articles as a template was learned from make it learned anew
ENOUGH: Final = 40  # pages; what was learned from so many is not learned anew for more
LEARN_SECONDS: Final = 180.0  # 60 pages take some 6 s


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Pages to learn a template from, for a worker."""

    source: str
    version: int
    because: str
    applies_from: int  # fetch id
    pages: tuple[PageJob, ...]


def undecided(folder: Path, fetches: Sequence[Fetch]) -> Sequence[Fetch]:
    """Return those of `fetches` that may be one batch: all decided before, or none."""
    upto = decided_upto(folder)
    if not fetches or fetches[0].fetch_id > upto:
        return fetches
    return [fetch for fetch in fetches if fetch.fetch_id <= upto]


def read_batch(
    db: DuckDBPyConnection,
    folder: Path,
    jobs: Sequence[PageJob],
    fetches: Sequence[Fetch],
    read: Callable[[Sequence[PageJob]], list[PageResult]] = process_pages,
) -> list[PageResult]:
    """Work on `jobs`, which are of one batch of `fetches`, by what is learned of their sources.

    What the batch itself teaches is used for it: the pages are read again then.  `read` has, or
    makes, what `process_pages` does.
    """
    due = with_templates(folder, jobs)
    results = read(due)
    if not teach(db, folder, results, fetches[-1].fetch_id):
        return results
    again = {job.fetch_id: job for job in with_templates(folder, jobs)}
    changed = [job for job in due if again[job.fetch_id] != job]
    fresh = process_pages([again[job.fetch_id] for job in changed])
    by_fetch = {one.job.fetch_id: one for one in (*results, *fresh)}
    return without_walls([by_fetch[job.fetch_id] for job in jobs])


def with_templates(folder: Path, jobs: Sequence[PageJob]) -> list[PageJob]:
    """Return `jobs`, each with the template that applies to its page."""
    versions = {source: versions_of(folder, source) for source in {job.source for job in jobs}}
    found: list[PageJob] = []
    for job in jobs:
        template = template_for(versions[job.source], job.fetch_id)
        file = file_of(folder, template) if template else None
        found.append(replace(job, template=file))
    return found


def teach(
    db: DuckDBPyConnection, folder: Path, results: Sequence[PageResult], last: int
) -> set[str]:
    """Learn what `results`, a batch up to the fetch `last`, call for; return the sources taught."""
    if last <= decided_upto(folder):
        return set()
    by_source: dict[str, list[PageResult]] = defaultdict(list)
    for result in results:
        if isinstance(result.page, Article):
            by_source[result.job.source].append(result)
    lessons = [
        lesson
        for source, found in sorted(by_source.items())
        if (lesson := _lesson(db, folder, source, found)) is not None
    ]
    return {template.source for template in carry_out(folder, lessons)}


def carry_out(folder: Path, lessons: Sequence[Lesson]) -> Iterator[Template]:
    """Learn each lesson in a worker that can be killed, keep and yield what came of it."""
    learned = map_bounded(learn_lesson, lessons, preload=__name__, seconds=LEARN_SECONDS)
    for lesson, found in zip(lessons, learned, strict=True):
        if isinstance(found, Overrun) or found is None:
            continue
        template = _with_earlier(found, versions_of(folder, lesson.source))
        save(folder, template)
        yield template


def learn_lesson(lesson: Lesson) -> Template | None:
    """Read the pages of a lesson from the archive and learn from them."""
    return learn(
        list(_pages(lesson.pages)),
        source=lesson.source,
        version=lesson.version,
        because=lesson.because,
        applies_from=lesson.applies_from,
    )


def _pages(jobs: Iterable[PageJob]) -> Iterator[Page]:
    for job in jobs:
        try:
            archived = read_page(job.archive, job.location)
        except ArchiveAwayError:
            raise
        except ArchiveError:  # thinned out since
            continue
        content_type = next((v for k, v in archived.headers if k.lower() == "content-type"), None)
        yield Page(
            html=decode(archived.body, content_type).text,
            url=job.url,
            fetched_at=job.fetched_at,
            link_texts=(job.link_text,) if job.link_text else (),
        )


def _lesson(
    db: DuckDBPyConnection, folder: Path, source: str, found: Sequence[PageResult]
) -> Lesson | None:
    versions = versions_of(folder, source)
    current = template_for(versions, found[-1].job.fetch_id)
    job = found[0].job
    earlier = articles_of(db, job.archive, source, job.fetch_id, ENOUGH * GROWTH)
    called = _first(earlier, found) if current is None else _again(current, earlier, found)
    if called is None:
        return None
    because, jobs, applies_from = called
    return Lesson(
        source=source,
        version=next_version(versions),
        because=because,
        applies_from=applies_from,
        pages=tuple(spread(jobs, MAX_PAGES)),
    )


def next_version(versions: Sequence[Template]) -> int:
    """Return the number of the version after `versions`."""
    return max((one.version for one in versions), default=0) + 1


Earlier = Sequence[tuple[PageJob, str]]  # articles read before this batch, and by what
Called = tuple[str, Sequence[PageJob], int]


def _first(earlier: Earlier, found: Sequence[PageResult]) -> Called | None:
    jobs = [*(job for job, _ in earlier), *(one.job for one in found)]
    if len(jobs) < MIN_PAGES:
        return None
    return f"first {len(jobs)} articles", jobs, found[0].job.fetch_id


def _again(current: Template, earlier: Earlier, found: Sequence[PageResult]) -> Called | None:
    """Say why `current` is to be learned again, from which pages and for which."""
    read = [*earlier, *((one.job, _extractor(one)) for one in found)]
    since = [(job, by) for job, by in read if job.fetch_id >= current.applies_from]
    window = since[-WINDOW:]
    unfit = [job for job, by in window if not was_read_by_template(by)]
    new = {one.job.fetch_id for one in found}
    first_new = next((job.fetch_id for job in unfit if job.fetch_id in new), None)
    if first_new is not None and is_unlikely(len(unfit), len(window)):
        jobs = [job for job, _ in since if job.fetch_id >= unfit[0].fetch_id]
        return f"{len(unfit)} of the last {len(window)} articles did not fit", jobs, first_new
    if current.pages < ENOUGH and len(read) >= GROWTH * current.pages:
        jobs = [job for job, _ in read]
        return f"{len(read)} articles instead of {current.pages}", jobs, found[0].job.fetch_id
    return None


def is_unlikely(misfits: int, pages: int) -> bool:
    """Say whether so many misfits would hardly ever come by chance; a binomial bound.

    >>> is_unlikely(2, 20), is_unlikely(8, 20), is_unlikely(4, 4)
    (False, True, True)
    """
    tail = sum(
        comb(pages, count) * MAX_MISFITS**count * (1 - MAX_MISFITS) ** (pages - count)
        for count in range(misfits, pages + 1)
    )
    return misfits > 0 and tail < CHANCE


def _with_earlier(template: Template, versions: Sequence[Template]) -> Template:
    """Return the template with the layouts that pages may still have from before."""
    if not versions or not template.because.endswith("did not fit"):
        return template
    known = {layout.container.selector for layout in template.layouts}
    old = [one for one in versions[-1].layouts if one.container.selector not in known]
    return replace(template, layouts=(*template.layouts, *old))


def _extractor(result: PageResult) -> str:
    return result.page.extractor if isinstance(result.page, Article) else ""


def articles_of(
    db: DuckDBPyConnection, archive: ArchivePlace, source: str, before: int, most: int
) -> list[tuple[PageJob, str]]:
    """Return the `most` newest articles of `source` before a fetch, the oldest first.

    Each with its place in `archive`, the archive's folder, and what read it.
    """
    rows = db.execute(
        read_sql("build/earlier_articles.sql"),
        {"source": source, "before": before, "most": most},
    ).fetchall()
    return [
        (
            PageJob(
                fetch_id=fetch_id,
                source=source,
                url=url,
                fetched_at=fetched_at,
                archive=archive,
                location=Location(file=file, offset=offset, length=length),
                link_text=None,
            ),
            extractor,
        )
        for fetch_id, url, fetched_at, file, offset, length, extractor in rows
    ]
