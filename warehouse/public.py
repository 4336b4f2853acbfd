"""What is public: the file at `public/`, or the lake that fatiao.toml names."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from crawler.lake import Lake
from crawler.sources import Project
from warehouse.exits import InputError
from warehouse.lake.reading import open_for_questions
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import open_published


def open_public(project: Project) -> DuckDBPyConnection:
    """Open what is public for people's own SQL: read-only, and nothing else.

    Raises:
        InputError: nothing has been published yet, or there is no reaching it.
        duckdb.IOException: it is no DuckDB file.
    """
    place = public_place(project)
    return open_published(place) if isinstance(place, Path) else open_for_questions(place)


def public_place(project: Project) -> Path | Lake:
    """Return the published file, or the lake.

    Raises:
        InputError: nothing has been published yet.
    """
    if project.lake is not None:
        return project.lake
    file = project.public / DATABASE_NAME
    if not file.is_file():
        raise InputError(f"{file}: nothing has been published yet; run: fatiao run")
    return file


def place_of(project: Project) -> str:
    """Return where analysts find it."""
    return str(project.lake or project.public / DATABASE_NAME)
