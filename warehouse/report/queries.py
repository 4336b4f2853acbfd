"""The report's questions to the warehouse: one SQL file each, in `warehouse/sql/report/`."""

from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.store import read_sql

Row = dict[str, Any]  # column name -> value; what the columns mean stands in the SQL file


def ask(connection: DuckDBPyConnection, question: str, **parameters: object) -> list[Row]:
    """Return the rows of `sql/report/{question}.sql`."""
    result = connection.execute(read_sql(f"report/{question}.sql"), parameters or None)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
