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
    places = {place for one in fetches for place in (one.location, one.original) if place}
    require_files(project, frontier, {place.file for place in places})


def require_files(project: Project, frontier: Frontier, files: Iterable[str]) -> None:
    """See that the archive has `files`, as `require_segments`.

    Raises:
        InputError: one is on another machine.
    """
    if project.database is None or project.bucket is not None:
        return
    for file in sorted(files):
        path = project.archive_folder / file
        if not path.exists():
            raise InputError(
                f"{path}: is not here: {_worker_of(frontier, file)} wrote it;"
                " copy its archive here (rsync), or build there, or have one archive = for all;"
                " a machine that only crawls runs: fatiao crawl"
            )


def _worker_of(frontier: Frontier, file: str) -> str:
    row = frontier.connection.execute(
        "SELECT worker FROM run JOIN fetch USING (run_id) WHERE file = ? LIMIT 1", (file,)
    ).fetchone()
    return str(row[0]) if row and row[0] else "another machine"
