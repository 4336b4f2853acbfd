"""Small things to remember from run to run, each under a name.

>>> from crawler.frontier.store import open_frontier
>>> with open_frontier(Path(":memory:")) as frontier:
...     keep(frontier.connection, "dry listings of lawfirm", "7")
...     kept(frontier.connection, "dry listings of lawfirm")
'7'
"""

from pathlib import Path  # noqa: F401 - for the doctest

from crawler.frontier.connection import Connection


def keep(connection: Connection, name: str, value: str) -> None:
    """Remember `value` under `name`, in place of what was there."""
    connection.execute(
        "INSERT INTO memory VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def kept(connection: Connection, name: str) -> str | None:
    """Return what stands under `name`."""
    row = connection.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def drop(connection: Connection, name: str) -> None:
    """Forget what stands under `name`."""
    connection.execute("DELETE FROM memory WHERE name = ?", (name,))
