"""Who may work on what, where several crawlers share a frontier in Postgres.

A lease is on a source, on a host, or the sign of life of a worker itself.  It ends by the server's
clock; every commit of its holder renews it, in the commit's own transaction, and fails where
somebody else has it by then: what a worker did after it had lost a lease never counts.  And nothing
is sent to a host once the lease might end while the answer is under way.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from crawler.frontier.place import Dsn
from crawler.frontier.postgres import PostgresFrontier, awake_seconds
from crawler.frontier.postgres_connection import connect
from crawler.frontier.trouble import LeaseLostError


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long things last, in seconds; tests have no time for the usual ones."""

    lease: float = 120.0  # a worker that is silent for longer has lost what it held
    request: float = 40.0  # the longest one: crawler.settings.DOWNLOAD_TIMEOUT, and some
    renewal: float = 1.0  # at least so often, as often as a batch is committed
    look: float = 3.0  # between two looks at what the others do

    @property
    def idle(self) -> float:
        """In which the server ends the transaction of a worker that was stopped within it."""
        return self.lease / 4


@dataclass(frozen=True, slots=True)
class Held:
    """A lease that is not over."""

    name: str
    run_id: int
    renewed_at: float  # seconds since 1970, by the server's clock


class Leases:
    """The leases of one worker, on a connection of its own that commits at once."""

    def __init__(self, frontier: PostgresFrontier, run_id: int, terms: Terms) -> None:
        assert isinstance(frontier.place, Dsn)  # noqa: S101 - it is in Postgres
        self._frontier = frontier
        self._run_id = run_id
        self._terms = terms
        self._names: set[str] = set()
        self._renewed = awake_seconds()
        self._connection = connect(frontier.place)
        frontier.connection.script(
            f"SET idle_in_transaction_session_timeout = {int(terms.idle * 1000)}"
        )
        self._connection.execute(_SWEEP)
        self.take([f"run:{run_id}"], 1)

    @property
    def names(self) -> frozenset[str]:
        """What is held."""
        return frozenset(self._names)

    def take(self, names: Collection[str], most: int) -> dict[str, float]:
        """Take up to `most` of `names` that are free, those first that have been free longest.

        Returns:
            For each one taken, how many seconds ago another worker may have used it last.
        """
        wanted = json.dumps(sorted(names))
        self._connection.execute(_MAKE, {"names": wanted})
        started = awake_seconds()
        taken = self._connection.execute(_TAKE, {"names": wanted, "most": most,
            "run_id": self._run_id, "seconds": self._terms.lease}).fetchall()  # fmt: skip
        if not self._names:
            self._renewed = started
        self._names.update(name for name, _ in taken)
        self._expect()
        return {name: float(since) for name, since in taken}

    def give_back(self, names: Iterable[str]) -> None:
        """Give `names` back; what was done under them has been committed, no request is out."""
        gone = sorted(self._names.intersection(names))
        self._connection.execute(_GIVE, {"names": json.dumps(gone), "run_id": self._run_id})
        self._names.difference_update(gone)
        self._expect()

    def renew(self) -> None:
        """Renew all leases where no batch is open whose commit would.

        Raises:
            LeaseLostError: one of them is another's.
        """
        started = awake_seconds()
        values = {"run_id": self._run_id, "seconds": self._terms.lease}
        renewed = self._connection.execute(_RENEW, values).rowcount
        if renewed != len(self._names):
            lost = len(self._names) - renewed
            raise LeaseLostError(f"{self._frontier.place}: {lost} leases are another's; run again")
        self._renewed = started

    @property
    def age(self) -> float:
        """Seconds since the last renewal, also by a commit; time asleep counts."""
        return awake_seconds() - max(self._renewed, self._frontier.sealed_at)

    def may_send(self) -> bool:
        """Return whether a request that is sent now has ended before the leases do."""
        return self.age < self._terms.lease - self._terms.request

    def now(self) -> float:
        """Return the server's clock, in seconds since 1970."""
        return float(self._connection.execute(_NOW).fetchone()[0])

    def all_held(self) -> list[Held]:
        """Return everybody's leases on sources, and the signs of life."""
        rows = self._connection.execute(_ALL, {"seconds": self._terms.lease})
        return [Held(name, run_id, float(at)) for name, run_id, at in rows]

    def close(self) -> None:
        """Give everything back."""
        try:
            if not self._connection.raw.closed:
                self.give_back(self._names)
        finally:
            self._frontier.seal = None
            self._connection.close()

    def _expect(self) -> None:
        """Let the next commit renew what is held by now, and nothing less."""
        self._frontier.seal = (
            f"SELECT seal({int(self._run_id)}, {len(self._names)}, {float(self._terms.lease)})"
        )


_MAKE: Final = """
    INSERT INTO lease (name, until)
    SELECT value, to_timestamp(0) FROM json_each(:names) AS wanted
    WHERE value NOT IN (SELECT name FROM lease)
    ON CONFLICT DO NOTHING
"""

_TAKE: Final = """
    WITH free AS (
        SELECT name, until FROM lease
        WHERE name IN (SELECT value FROM json_each(:names))
          AND (run_id IS NULL OR until < clock_timestamp())
        ORDER BY until, name
        LIMIT :most
        FOR UPDATE SKIP LOCKED
    )
    UPDATE lease
    SET run_id = :run_id, until = clock_timestamp() + make_interval(secs => :seconds)
    FROM free
    WHERE lease.name = free.name
    RETURNING lease.name, extract(epoch FROM clock_timestamp() - free.until)
"""

_GIVE: Final = """
    UPDATE lease SET run_id = NULL, until = clock_timestamp()
    WHERE run_id = :run_id AND name IN (SELECT value FROM json_each(:names))
"""

_RENEW: Final = """
    UPDATE lease SET until = clock_timestamp() + make_interval(secs => :seconds)
    WHERE run_id = :run_id
"""

_ALL: Final = """
    SELECT name, run_id, extract(epoch FROM until) - :seconds FROM lease
    WHERE run_id IS NOT NULL AND until > clock_timestamp() AND name NOT LIKE 'host:%'
"""

# Signs of life of runs long over.
_SWEEP: Final = """
    DELETE FROM lease WHERE name LIKE 'run:%' AND until < clock_timestamp() - interval '1 day'
"""

_NOW: Final = "SELECT extract(epoch FROM clock_timestamp())"
