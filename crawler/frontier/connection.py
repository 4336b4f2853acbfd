"""What the frontier asks of a database: a few calls that sqlite3 has, and the adapter of Postgres.

The SQL of this package is what both understand; `crawler.frontier.postgres` says what is rewritten
for Postgres on the way.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol


class Cursor(Protocol):
    """The answer to one statement."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """Return the next row, a tuple, or None."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """An open database, in which a transaction begins with BEGIN and ends with COMMIT."""

    @property
    def in_transaction(self) -> bool:
        """Whether one is open."""

    def execute(self, sql: str, values: Any = ..., /) -> Cursor:
        """Run one statement, with values for its `?` or its `:name`."""

    def executemany(self, sql: str, values: Iterable[Any], /) -> Any:
        """Run one statement for each of `values`."""

    def close(self) -> None:
        """Close it; what was not committed is undone."""
