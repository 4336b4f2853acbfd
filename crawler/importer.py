"""Import of WARC files: pages that others have fetched take the same way as our own.

No network: each response is judged, archived and entered as if it had been fetched just then, but
keeps the time of its recording.  Links found in it are queued for the next crawl.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from crawler.archive import ArchivedPage, ArchiveError, scan
from crawler.frontier import outlook, queue
from crawler.frontier.queue import NewUrl, Task
from crawler.frontier.schedule import Rank
from crawler.opening import open_session
from crawler.session import Session, choose_sources
from crawler.sources import Project, Source
from crawler.urls import CanonicalUrl, canonicalize, in_scope
from crawler.visit import Answer, Trouble, Visit, failed, read_answer

_LOG: Final = logging.getLogger(__name__)

GONE: Final = (404, 410)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import brought."""

    run_id: int
    responses: int  # in the file
    pages: int  # archived
    known: int  # there already, fetched at the same time
    failures: int  # answers that say nothing lasting: 403, 429, 5xx
    out_of_scope: int  # of no source
    forgotten: int  # `fatiao forget` has taken them out for good
    problem: str | None  # where the file stopped making sense; what came before is kept


def import_warc(
    project: Project,
    file: Path,
    source: str | None,
    clock: Callable[[], datetime] | None = None,
) -> ImportReport:
    """Import the responses of `file`; the caller holds the project lock.

    Args:
        project: its folder takes the pages.
        file: a .warc or .warc.gz file.
        source: the name of the source they belong to; None: the first in whose scope they are,
            disabled ones too.
        clock: the time to write down as that of the import.

    Raises:
        ConfigError: an unknown source.
        ArchiveError: `file` cannot be read at all.
    """
    names = [one.name for one in project.sources] if source is None else [source]
    chosen = choose_sources(project, names)
    counts = {"responses": 0, "pages": 0, "known": 0, "failures": 0, "out_of_scope": 0,
              "forgotten": 0}  # fmt: skip
    problem: str | None = None
    with open_session(project, chosen, 0.0, clock or _utc_now) as session:
        session.claims.require_all()
        try:
            for page in scan(file):
                counts["responses"] += 1
                counts[_import_page(session, chosen, page)] += 1
        except ArchiveError as error:
            if not counts["responses"]:
                raise
            problem = str(error)
        session.ledger.finish("import")
        return ImportReport(run_id=session.ledger.run_id, problem=problem, **counts)


def _import_page(session: Session, sources: Mapping[str, Source], page: ArchivedPage) -> str:
    """Enter `page`; return under which name to count it."""
    url = canonicalize(page.url)
    source = None if url is None else _source_of(sources, url)
    if url is None or source is None:
        return "out_of_scope"
    if page.status >= 400 and page.status not in GONE:
        return "failures"
    connection, now = session.ledger.connection, session.now()
    new = NewUrl(url=url, rank=Rank.UNTRIED, due_at=now, reason="imported")
    queue.add_url(connection, source.name, new, now)
    task = queue.load_task(connection, source.name, url)
    if task is None:
        return "forgotten"
    if outlook.has_fetch(connection, task.url_id, page.fetched_at.timestamp()):
        return "known"
    visit = _read(task, source, url, page)
    session.record(_as_newest(task, page), visit)
    return "pages"


def _source_of(sources: Mapping[str, Source], url: CanonicalUrl) -> Source | None:
    return next((source for source in sources.values() if in_scope(url, source)), None)


def _read(task: Task, source: Source, url: CanonicalUrl, page: ArchivedPage) -> Visit:
    answer = Answer(
        url=url,
        status=page.status,
        headers=page.headers,
        body=page.body,
        fetched_at=page.fetched_at,
    )
    try:
        visit = read_answer(answer, source, link_text=task.link_text)
    except Exception as error:
        # As in the spider: what breaks a parser is entered as that, and said.
        _LOG.warning("cannot read %s: %r", url, error)
        return failed(Trouble.UNREADABLE, page.fetched_at)
    # Validators and Retry-After are of the time of the recording, not of now.
    return replace(visit, etag=None, last_modified=None, retry_after=None)


def _as_newest(task: Task, page: ArchivedPage) -> Task:
    """Return `task` so that a page of another time is archived, even if an equal one is there."""
    is_same = task.digest == page.digest
    return replace(task, digest=None) if is_same else task


def _utc_now() -> datetime:
    return datetime.now(UTC)
