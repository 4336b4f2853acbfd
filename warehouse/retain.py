"""`fatiao retain`: the archive without the records that brought nothing new.

Kept are the first record of each URL, every one whose extracted text was new or had changed, and
the newest, to which later unchanged fetches refer.  What goes are listings and articles fetched
again with the same text in other bytes, and the notes that nothing had changed.  That they were
fetched stays known; a rebuild makes the same articles and versions.
"""

from dataclasses import dataclass
from datetime import datetime

from crawler.faults import Point, reached
from crawler.frontier.alone import alone
from crawler.frontier.store import Frontier, open_frontier
from crawler.rewrite import enter_rewrite, remove_old, write_without
from crawler.sources import Project
from warehouse.elsewhere import require_files
from warehouse.relocate import follow_archive
from warehouse.store import open_warehouse, read_sql, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """What would be dropped, and of how much."""

    fetch_ids: tuple[int, ...]
    bytes: int  # of their records
    records: int  # in the whole archive
    archive_bytes: int
    files: frozenset[str]  # segments to be written anew
    oldest: datetime | None


def find_surplus(project: Project, before: datetime) -> Surplus:
    """Say which records fetched before `before` brought nothing new; changes nothing."""
    with (
        open_warehouse(project.warehouse, project.memory) as db,
        open_frontier(project.frontier) as frontier,
    ):
        with transaction(db):
            follow_archive(db, frontier)
        rows = db.execute(read_sql("retain.sql"), {"before": before}).fetchall()
        ids = {fetch_id for (fetch_id,) in rows}
        found = db.execute(
            "SELECT fetch_id, archive_file, archive_length, fetched_at FROM ops.fetch"
            " WHERE archive_file IS NOT NULL"
        ).fetchall()
    surplus = [row for row in found if row[0] in ids]
    return Surplus(
        fetch_ids=tuple(sorted(ids)),
        bytes=sum(length for _, _, length, _ in surplus),
        records=len(found),
        archive_bytes=sum(length for _, _, length, _ in found),
        files=frozenset(file for _, file, _, _ in surplus),
        oldest=min((at for *_, at in surplus), default=None),
    )


def drop(project: Project, surplus: Surplus) -> int:
    """Write the archive anew without `surplus`; return the bytes freed.

    The caller holds the project lock.  Killed anywhere, the archive is whole, old or new, and the
    next build brings the warehouse up to it.

    Raises:
        ArchiveError: a record that is to be kept cannot be read.
        FrontierLockedError: another machine crawls.
        InputError: a segment is on another machine.
    """
    sources = [source.name for source in project.sources]
    with open_frontier(project.frontier) as frontier:
        with alone(frontier, sources) as run_id:
            require_files(project, frontier, surplus.files)
            freed = _rewrite(project, frontier, surplus, run_id)
        with open_warehouse(project.warehouse, project.memory) as db, transaction(db):
            follow_archive(db, frontier)
    return freed


def _rewrite(project: Project, frontier: Frontier, surplus: Surplus, run_id: int | None) -> int:
    connection = frontier.connection
    rewrite = write_without(connection, project.archive, surplus.fetch_ids, run_id)
    frontier.begin()
    enter_rewrite(connection, rewrite)
    # A rebuild reads them no more, and has to know that the article was still there.
    connection.executemany(
        "UPDATE fetch SET kind = 'not_modified' WHERE fetch_id = ? AND kind = 'article'",
        [(fetch_id,) for fetch_id in surplus.fetch_ids],
    )
    reached(Point.BEFORE_REPLACE)
    frontier.commit()
    reached(Point.AFTER_REPLACE)
    remove_old(project.archive, rewrite)
    return rewrite.freed
