"""The frontier in Postgres: many machines, each with a connection of its own.

What one file with one writer gives for nothing is made here: a transaction that a stopped machine
leaves open is ended by the server, fetches are numbered in the order of their commits, and what a
build learns of a source waits for the crawler's batch.
"""

import time
from contextlib import suppress
from math import inf
from typing import Final
from zlib import crc32

from crawler.frontier.place import Dsn
from crawler.frontier.postgres_connection import SCHEMA, PostgresConnection
from crawler.frontier.store import Frontier
from crawler.frontier.trouble import FrontierError

_SOURCE: Final = 7163  # advisory locks under this number: one for each source


class PostgresFrontier(Frontier):
    """An open frontier in Postgres."""

    connection: PostgresConnection

    def __init__(self, connection: PostgresConnection, place: Dsn) -> None:
        super().__init__(connection, place)
        self.seal: str | None = None  # what a worker's commit begins with; crawler.frontier.leases
        self.sealed_at = -inf  # awake_seconds() at the begin of the last commit
        self._held: set[str] = set()

    def begin(self) -> None:
        """Start a transaction, unless one is open."""
        if not self.connection.in_transaction:
            self._held.clear()
            self.connection.execute("BEGIN")

    def commit(self) -> None:
        """Commit the open transaction, if there is one.

        Raises:
            LeaseLostError: what this worker held is another's; the transaction is undone.
            FrontierAwayError: the connection is gone, and with it the transaction.
        """
        if self.connection.in_transaction:
            # In one message: a worker stopped here holds no lock that others wait for.
            started = awake_seconds()
            self.connection.script(f"{self.seal or 'SELECT number_fetches()'}; COMMIT")
            self.sealed_at = started

    def close(self) -> None:
        """Roll back what was not committed, and close the connection."""
        with suppress(FrontierError):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        self.connection.close()

    def has_table(self, name: str) -> bool:
        """Return whether there is a table of that name."""
        found = self.connection.execute("SELECT to_regclass(?) IS NOT NULL", (f"{SCHEMA}.{name}",))
        return bool(found.fetchone()[0])

    def tables(self) -> list[str]:
        """Return the names of all tables."""
        rows = self.connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = ?", (SCHEMA,)
        )
        return [str(name) for (name,) in rows]

    def will_erase(self) -> None:
        """Do nothing: dead rows go with VACUUM, its log and its copies are its administrator's."""

    def has_erased(self) -> None:
        """Do nothing."""

    def hold(self, source: str) -> None:
        """Keep a build that learns, or a crawler, off `source` until the next commit."""
        self.begin()
        if source not in self._held:
            key = crc32(source.encode()) - (1 << 31)
            self.connection.execute("SELECT pg_advisory_xact_lock(?::int, ?::int)", (_SOURCE, key))
            self._held.add(source)

    def pause(self) -> None:
        """Commit, so that nobody waits for long."""
        self.commit()

    def damage(self) -> str | None:
        """Return None: to look for damage is its administrator's."""
        return None


def awake_seconds() -> float:
    """Return a clock that only goes forward, and that goes on while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # Linux has the first
    return time.clock_gettime(clock)
