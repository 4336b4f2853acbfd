"""A grown frontier out of its file into a Postgres, with every number as it was.

All or nothing: one transaction copies all tables and counts what has arrived.  The file is left as
it is.  Fetches keep their numbers, so that a warehouse built from them goes on where it was.
"""

from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final

from crawler.frontier import memory
from crawler.frontier.place import Dsn
from crawler.frontier.postgres import PostgresFrontier
from crawler.frontier.postgres_connection import connect
from crawler.frontier.store import Frontier, open_frontier
from crawler.frontier.trouble import FrontierError

_NAME: Final = "moved as"  # of a move, in the memory of both
_SEQUENCES: Final = (
    ("url", "url_id", "pg_get_serial_sequence('url', 'url_id')"),
    ("run", "run_id", "pg_get_serial_sequence('run', 'run_id')"),
    ("fetch", "fetch_id", "'fetch_number'"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What is in Postgres now."""

    rows: dict[str, int]  # by table
    is_new: bool  # False: it was there from an earlier move


def move(file: Path, dsn: Dsn) -> Moved:
    """Copy the frontier in `file` to the empty database `dsn`; the caller has the project lock.

    Doing it again changes nothing.

    Raises:
        FrontierError: there is another frontier in that database, or not all has arrived.
        FrontierAwayError: Postgres cannot be reached; nothing was changed there.
    """
    with open_frontier(file) as old, PostgresFrontier(connect(dsn), dsn) as new:
        old.begin()  # nobody else writes it meanwhile
        name = memory.kept(old.connection, _NAME) or token_hex(8)
        memory.keep(old.connection, _NAME, name)
        new.begin()
        new.connection.script("LOCK TABLE run, url IN EXCLUSIVE MODE")
        before = memory.kept(new.connection, _NAME)
        if before == name:
            return Moved(rows=_counts(new, old), is_new=False)
        if before or any(_counts(new, old).values()):
            raise FrontierError(f"{dsn}: has a frontier already; give an empty database")
        for table in old.tables():
            _copy(old, new, table)
        for table, column, sequence in _SEQUENCES:
            new.connection.execute(
                f"SELECT setval({sequence}, max({column})) FROM {table} HAVING count(*) > 0"  # noqa: S608 - our own names
            )
        rows = _counts(old, old)
        if _counts(new, old) != rows:
            raise FrontierError(f"{dsn}: not all rows arrived; nothing was changed, report it")
        return Moved(rows=rows, is_new=True)


def _counts(frontier: Frontier, like: Frontier) -> dict[str, int]:
    """Return the number of rows of each table that `like` has."""
    count = "SELECT count(*) FROM {}"
    return {
        table: int(frontier.connection.execute(count.format(table)).fetchone()[0])
        for table in sorted(like.tables())
    }


def _copy(old: Frontier, new: PostgresFrontier, table: str) -> None:
    rows = old.connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
    names = [column[0] for column in rows.description]  # type: ignore[attr-defined] # sqlite3's
    new.connection.copy(table, names, rows)
