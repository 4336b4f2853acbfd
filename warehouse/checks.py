"""The checks that stand between a build and its publication.

A check is one SQL file in `warehouse/sql/checks/` that returns the rows that should not be.
Its first line says what such a row means and how to mend it.  To add a check is to add a file.

Reading every text takes a minute and a half of a core at a million articles, and what was public
once has been read: the checks that go through texts ask `unchecked_version` for those to look at.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.store import list_sql, quote_path, read_sql

EXAMPLES: Final = 3  # enough to see the pattern; more is a query of one's own


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFailure:
    """A check that found rows."""

    name: str  # the file's stem
    meaning: str  # what is wrong with them, and the mend
    rows: int
    examples: tuple[dict[str, Any], ...]  # the first rows, by column

    def __str__(self) -> str:
        first = ", ".join(f"{column}={value}" for column, value in self.examples[0].items())
        return f"{self.name}: {self.rows} rows: {self.meaning} ({first})"


def run_checks(connection: DuckDBPyConnection, checked: Path | None = None) -> list[CheckFailure]:
    """Run every check on the warehouse of `connection`; an empty list means: publish.

    `checked` is a published file that passed these very checks; its texts are not read again.
    """
    _find_unchecked(connection, checked)
    failures = (_run(connection, name) for name in list_sql("checks"))
    return [failure for failure in failures if failure is not None]


def checks_digest() -> str:
    """Return 12 hex digits that change whenever a check does."""
    sql = "\n".join(read_sql(f"checks/{name}.sql") for name in list_sql("checks"))
    return sha256(sql.encode()).hexdigest()[:12]


def _find_unchecked(connection: DuckDBPyConnection, checked: Path | None) -> None:
    # A public file that is damaged, or has other columns, spares nothing and hinders nothing.
    if checked is None or not _spares(connection, checked):
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE unchecked_version AS"
            " SELECT version_id, rowid AS place FROM core.article_version"
        )


def _spares(connection: DuckDBPyConnection, checked: Path) -> bool:
    try:
        connection.execute(f"ATTACH {quote_path(checked)} AS published (READ_ONLY)")
        try:
            connection.execute(read_sql("unchecked.sql"))
        finally:
            connection.execute("DETACH published")
    except duckdb.Error:
        return False
    return True


def _run(connection: DuckDBPyConnection, name: str) -> CheckFailure | None:
    sql = read_sql(f"checks/{name}.sql")
    # Counted there: a check that fails may have a row for each of a million articles.
    connection.execute(f"CREATE OR REPLACE TEMP TABLE offending AS {sql}")
    ((count,),) = connection.execute("SELECT count(*) FROM offending").fetchall()
    result = connection.execute("FROM offending LIMIT $1", [EXAMPLES])
    columns = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    connection.execute("DROP TABLE offending")
    if not count:
        return None
    return CheckFailure(
        name=name,
        meaning=sql.split("\n", 1)[0].removeprefix("-- "),
        rows=count,
        examples=tuple(dict(zip(columns, row, strict=True)) for row in rows),
    )
