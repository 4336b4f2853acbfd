"""Who publishes what into a lake: a source belongs to one publisher, a publisher to one folder.

    lake.north.publication    one row: who, which folder, which sources, what content, when
    lake.north.core_article   the rows of the publisher `north`, and so on for each table

No two publishers write one table, so none waits for another or has to write again because of it.
What they must agree on is looked at under the catalog's one lock (`connect.locked`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from duckdb import DuckDBPyConnection

from crawler.lake import Lake
from crawler.sources import Project
from warehouse.exits import PublishError
from warehouse.lake.connect import LAKE, locked
from warehouse.store import read_sql, transaction

FOLDER_NAME: Final = "lake_folder"  # in the folder's data/: tells two folders of one name apart
STEP: Final = 2**40  # between the row numbers of two publishers: more than either ever has

_COLUMNS: Final = (
    "publisher, number, folder, sources, code_version, content_digest, left_out, articles, "
    "published_at"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A row of `publication`."""

    publisher: str
    number: int
    folder: str
    sources: tuple[str, ...]
    code_version: str = ""
    content_digest: str = ""  # empty: registered, nothing published yet
    left_out: str = ""
    articles: int = 0
    published_at: datetime | None = None


def first_number(connection: DuckDBPyConnection, lake: Lake) -> int:
    """Return what is added to our folder's numbers of rows in the lake."""
    own = (one.number for one in publications(connection) if one.publisher == lake.publisher)
    return STEP * next(own, 0)


def publications(connection: DuckDBPyConnection) -> list[Publication]:
    """Return who is registered in the lake, the last to publish first."""
    schemas = connection.execute(
        "SELECT schema_name FROM duckdb_tables()"
        " WHERE database_name = ? AND table_name = 'publication'",
        [LAKE],
    ).fetchall()
    found = []
    for (schema,) in schemas:
        rows = connection.execute(
            f'SELECT {_COLUMNS} FROM {LAKE}."{schema}".publication'  # noqa: S608 - our own names
        ).fetchall()
        found += [
            Publication(
                publisher=row[0], number=row[1], folder=row[2], sources=tuple(row[3]),
                code_version=row[4], content_digest=row[5], left_out=row[6], articles=row[7],
                published_at=row[8],
            )
            for row in rows
        ]  # fmt: skip
    dated = sorted(found, key=lambda one: one.publisher)
    return sorted(dated, key=lambda one: str(one.published_at or ""), reverse=True)


def register(
    connection: DuckDBPyConnection, project: Project, lake: Lake, sources: tuple[str, ...]
) -> Publication:
    """Return our publication, making it where there is none; its sources are those of last time.

    Raises:
        PublishError: the name is another folder's, or a source another publisher's.
    """
    folder = _folder_id(project.folder / "data")
    with locked(connection), transaction(connection):
        known = publications(connection)
        mine = next((one for one in known if one.publisher == lake.publisher), None)
        refuse_strangers(lake, known, folder, sources)
        if mine is None:
            number = max((one.number for one in known), default=-1) + 1
            mine = Publication(
                publisher=lake.publisher, number=number, folder=folder, sources=sources
            )
            write_publication(connection, mine)
    return mine


def refuse_strangers(
    lake: Lake, known: list[Publication], folder: str, sources: tuple[str, ...]
) -> None:
    """Let pass what is ours.

    Raises:
        PublishError: the name is another folder's, or a source another publisher's.
    """
    for one in known:
        if one.publisher == lake.publisher:
            if one.folder != folder:
                raise PublishError(
                    f"{lake}: another folder publishes as {one.publisher!r}, with the sources"
                    f" {', '.join(one.sources)}; give this one another publisher in fatiao.toml,"
                    " or, where that folder is gone: fatiao lake --take-over"
                )
            continue
        shared = sorted({*one.sources} & {*sources})
        if shared:
            raise PublishError(
                f"{lake}: the source {shared[0]!r} is {one.publisher!r}'s; one source belongs to"
                " one machine: set enabled = false here and fatiao forget its host, or there"
            )


def write_publication(connection: DuckDBPyConnection, one: Publication) -> None:
    """Put `one` in the place of the row that was there; the caller has begun a transaction."""
    schema = f'{LAKE}."{one.publisher}"'
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    connection.execute(f"DROP TABLE IF EXISTS {schema}.publication")
    sql = read_sql("lake/publication.sql")
    connection.execute(sql.replace("$publication", f"{schema}.publication"))
    connection.execute(
        f"INSERT INTO {schema}.publication ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
        [
            one.publisher, one.number, one.folder, list(one.sources), one.code_version,
            one.content_digest, one.left_out, one.articles, one.published_at,
        ],
    )  # fmt: skip


def take_over(connection: DuckDBPyConnection, project: Project, lake: Lake) -> Publication | None:
    """Make this folder the one that publishes under its name, or return None: nobody does yet."""
    folder = _folder_id(project.folder / "data")
    with locked(connection), transaction(connection):
        known = publications(connection)
        mine = next((one for one in known if one.publisher == lake.publisher), None)
        if mine is None:
            return None
        write_publication(connection, replace(mine, folder=folder))
    return mine


def _folder_id(data: Path) -> str:
    """Return what tells this folder from others, whatever its path and machine."""
    path = data / FOLDER_NAME
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.write_text(uuid4().hex + "\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()
