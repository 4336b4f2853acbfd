"""Segments of the archive that another machine has, where several share a frontier.

What is crawled is known to all at once, but its bytes lie where they were fetched, unless all have
one archive.  A build that took them for damaged would reject their pages for good.
"""

from collections.abc import Iterable

from crawler.frontier.store import Fetch, Frontier
from crawler.sources import Project
from warehouse.exits import InputError


def require_segments(project: Project, frontier: Frontier, fetches: Iterable[Fetch]) -> None:
    """See that the archive has all that `fetches` are in; a frontier in a file has its own.

    Raises:
        InputError: a segment is on another machine.
    """
    if project.database is None or project.bucket is not None:
        return
    places = {place for one in fetches for place in (one.location, one.original) if place}
    for file in sorted({place.file for place in places}):
        path = project.archive_folder / file
        if not path.exists():
            raise InputError(
                f"{path}: is not here: {_worker_of(frontier, file)} wrote it;"
                " copy its archive here (rsync), or build there, or have one archive = for all;"
                " a machine that only crawls runs: fatiao crawl"
            )


def refuse_shared(project: Project, what: str) -> None:
    """Say that `what` is not done while several may be crawling.

    Raises:
        InputError: the frontier is in Postgres.
    """
    if project.database is not None:
        raise InputError(
            f"{project.frontier}: fatiao {what} rewrites the archive, and knows only this"
            " machine's part of it; it needs the frontier in a file"
        )


def _worker_of(frontier: Frontier, file: str) -> str:
    row = frontier.connection.execute(
        "SELECT worker FROM run JOIN fetch USING (run_id) WHERE file = ? LIMIT 1", (file,)
    ).fetchone()
    return str(row[0]) if row and row[0] else "another machine"
