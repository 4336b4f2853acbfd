"""The frontier's schema: numbered scripts, and which of them a database has had."""

from importlib.resources import files
from typing import Final

from crawler.frontier.place import Place
from crawler.frontier.trouble import FrontierError

SCHEMA_VERSION: Final = 4


def read_sql(file: str) -> str:
    """Return a file of SQL of this package."""
    return files("crawler.frontier").joinpath(file).read_text(encoding="utf-8")


def script_of(version: int) -> str:
    """Return what makes `version` of the one before it."""
    return read_sql("schema.sql" if version == 1 else f"schema_{version}.sql")


def check_version(version: int, place: Place) -> None:
    """Refuse what a later program has made; an older frontier can be read as it is.

    Raises:
        FrontierError: it was made by a later version, or is no frontier.
    """
    if not 1 <= version <= SCHEMA_VERSION:
        raise FrontierError(
            f"{place}: frontier version {version}, this program's is "
            f"{SCHEMA_VERSION}; use the program that made it"
        )
