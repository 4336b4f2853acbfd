"""Folders that publish into one lake: each the small warehouse of the tests, under other names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.bucket import Bucket
from crawler.lake import Lake
from crawler.sources import Project, load_project
from tests.postgres import Cluster
from tests.warehouse.filled import fill_warehouse
from warehouse.store import open_warehouse, transaction

NAMES: Final = ("north", "south", "west")
NUMBERS: Final = ("fetch_id", "run_id", "text_no", "other_no", "root_no", "matched_no")
_ALIKE: Final = (
    *("core.statute", "core.statute_version", "core.statute_alias"),
    *("core.epoch", "ops.meta"),
)
_COLUMNS: Final = """
    SELECT schema_name || '.' || table_name, column_name
    FROM duckdb_columns()
    JOIN duckdb_tables() USING (database_name, schema_name, table_name)
    WHERE database_name = 'fatiao' AND data_type = 'VARCHAR' AND table_name NOT LIKE 'statute%'
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a test's lake is."""

    catalog: str  # as in fatiao.toml, password included
    files: Path | Bucket


def new_place(cluster: Cluster, folder: Path) -> Place:
    """Make a database for a lake's catalog; the folder of its files is made by the lake."""
    return Place(f"ducklake:{cluster.new_database().url}", folder / "lake")


def machine(folder: Path, name: str, place: Place, more: str = "") -> Project:
    """Make a folder with a filled private warehouse; `north` has the rows as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fatiao.toml").write_text(
        f'[publish]\nwarehouse = "{place.catalog}"\nfiles = "{place.files}"\n'
        f'publisher = "{name}"\n{more}',
        encoding="utf-8",
    )
    project = load_project(folder / "fatiao.toml")
    with open_warehouse(project.warehouse) as db:
        fill_warehouse(db)
        if name != NAMES[0]:
            rename(db, name)
    return project


def folder_of(lake: Lake) -> Path:
    """Return where the files of `lake` are, which is in no store."""
    assert isinstance(lake.files, Path)
    return lake.files


def lake_of(project: Project) -> Lake:
    assert project.lake is not None
    return project.lake


def rename(db: DuckDBPyConnection, suffix: str) -> None:
    """Give sources, articles and addresses other names, so that they are another machine's."""
    with transaction(db):
        for table, column, changed in _renamed(db, suffix):
            db.execute(f'UPDATE {table} SET "{column}" = {changed}')  # noqa: S608 - our own names


def _renamed(db: DuckDBPyConnection, suffix: str) -> Iterator[tuple[str, str, str]]:
    for table, column in db.execute(_COLUMNS).fetchall():
        if column == "source" or (column.endswith("_id") and column != "statute_id"):
            yield table, column, f"\"{column}\" || '-{suffix}'"
        elif column == "url":
            yield table, column, f"replace(url, '.example', '.{suffix}.example')"


def mark(project: Project, number: int) -> None:
    """Say `number` in three tables of the private warehouse, so that there is news to publish."""
    with open_warehouse(project.warehouse) as db, transaction(db):
        db.execute("UPDATE core.source SET delay_s = ?", [number])
        db.execute("UPDATE core.rejection SET detail = ?", [str(number)])
        db.execute("UPDATE core.article_version SET category = ?", [str(number)])


def combined(path: Path, projects: list[Project]) -> None:
    """Write the private warehouse of one machine that has read what all of `projects` have."""
    with open_warehouse(path) as db:
        for index, project in enumerate(projects):
            db.execute(f"ATTACH '{project.warehouse}' AS one (READ_ONLY)")
            with transaction(db):
                for (table,) in _tables(db):
                    if index and table in _ALIKE:
                        continue
                    cells = [_cell(column, index) for column in _columns_of(db, table)]
                    verb = "INSERT OR REPLACE" if table == "ops.meta" else "INSERT"
                    db.execute(
                        f"{verb} INTO fatiao.{table} SELECT {', '.join(cells)} FROM one.{table}"  # noqa: S608
                    )
            db.execute("DETACH one")


def _tables(db: DuckDBPyConnection) -> list[tuple[str]]:
    return db.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
        " WHERE database_name = 'fatiao' ORDER BY ALL"
    ).fetchall()


def _columns_of(db: DuckDBPyConnection, table: str) -> list[str]:
    return [name for name, *_ in db.execute(f"DESCRIBE fatiao.{table}").fetchall()]


def _cell(column: str, index: int) -> str:
    return f'"{column}" + {100_000 * index}' if column in (*NUMBERS, "line") else f'"{column}"'
