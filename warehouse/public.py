"""What is public: the file at `public/`, or the lake that fatiao.toml names."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from crawler.sources import Project
from warehouse.exits import InputError
from warehouse.lake.reading import open_for_questions
from warehouse.publish import DATABASE_NAME
from warehouse.store import open_published


def open_public(project: Project) -> DuckDBPyConnection:
    """Open what is public for people's own SQL: read-only, and nothing else.

    Raises:
        InputError: nothing has been published yet, or there is no reaching it.
        duckdb.IOException: it is no DuckDB file.
    """
    if project.lake is not None:
        return open_for_questions(project.lake)
    return open_published(public_file(project))


def public_file(project: Project) -> Path:
    """Return the published file, for what reads nothing else.

    Raises:
        InputError: nothing has been published yet, or into a lake.
    """
    if project.lake is not None:
        mend = "fatiao sql asks it, and --file names a published file elsewhere"
        raise InputError(f"{project.lake}: is a lake, and this reads a file; {mend}")
    file = project.public / DATABASE_NAME
    if not file.is_file():
        raise InputError(f"{file}: nothing has been published yet; run: fatiao run")
    return file


def place_of(project: Project) -> str:
    """Return where analysts find it."""
    return str(project.lake or project.public / DATABASE_NAME)
