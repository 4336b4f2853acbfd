"""Several crawlers on one frontier: which sources and hosts this one has.

Each takes its share of the sources, as many as there are sources with work for each living crawler,
and gives back what it is done with; a host goes with the sources that start there.  What a dead
crawler held is free when its leases have ended.  So a host is only ever asked by one, and what is
known of a source is only ever changed by one.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, inf
from typing import Final

from crawler.frontier import clock, outlook, queue
from crawler.frontier.leases import Held, Leases, Terms
from crawler.frontier.postgres import awake_seconds
from crawler.frontier.trouble import FrontierLockedError
from crawler.session import WAIT_FOR, Session
from crawler.urls import host_key

logger = logging.getLogger(__name__)

MOST: Final = 256  # sources at once: four times as many as there are requests under way
RESTS: Final = 10  # looks, until a source that had nothing to fetch is looked at again


class Sharing:
    """The claims of one run; `crawler.frontier.claims.Claims`."""

    def __init__(self, session: Session, leases: Leases, terms: Terms) -> None:
        self._session = session
        self._leases = leases
        self._terms = terms
        self._looked = -inf
        self._mine: set[str] = set()
        self._leaving: set[str] = set()  # ours until their last request has ended
        self._resting: dict[str, float] = {}  # sources without work, until when
        self._elsewhere: dict[
            str, float
        ] = {}  # hosts that others have, until when that is believed
        self._asked: dict[
            str, float
        ] = {}  # hosts: seconds since another may have asked, when taken
        self._used: dict[str, float] = {}  # hosts: when last claimed
        self._idle_at: float | None = None  # since when there is nothing to do, by the server
        self._is_waiting = True

    @property
    def elsewhere(self) -> Sequence[str]:
        """Hosts that others had a moment ago."""
        now = awake_seconds()
        return [host for host, until in self._elsewhere.items() if until > now]

    def claim(self, source: str, host: str) -> bool:
        """Have the lease on `host`, and keep a build off `source` until the commit."""
        name, now = f"host:{host}", awake_seconds()
        if name not in self._leases.names:
            taken = self._leases.take([name], 1)
            if name not in taken:
                self._elsewhere[host] = now + self._terms.look
                return False
            self._asked[host] = taken[name]
        self._used[host] = now
        self._session.ledger.frontier.hold(source)
        return True

    def may_send(self) -> bool:
        """Return whether the leases outlast a request that is sent now."""
        return self._leases.may_send()

    def asked_elsewhere(self, host: str) -> float:
        """Return how long ago the holder before us may have asked `host`."""
        return self._asked.pop(host, inf)

    def is_waiting(self) -> bool:
        """Return whether there is work, or may be when another has died."""
        return self._is_waiting

    def tick(self) -> None:
        """Renew the leases, and look whether there is more to take, or too much."""
        if self._leases.age >= self._terms.renewal:
            self._renew()
        if awake_seconds() - self._looked >= self._terms.look:
            self.look()

    def _renew(self) -> None:
        ledger = self._session.ledger
        if not ledger.frontier.connection.in_transaction:
            self._leases.renew()
        elif ledger.archive.batch_seconds <= self._terms.renewal:
            ledger.commit()
        else:
            self._leases.renew()
            ledger.connection.execute("SELECT 1")  # or the server takes the batch for given up

    def look(self) -> None:
        """Give back what is done or too much, and take what is free, up to a fair share."""
        self._looked = awake_seconds()
        self._retire()
        held = self._leases.all_held()
        others = self._others(held)
        free = self._free(others)
        workers = sum(one.name.startswith("run:") for one in held)
        share = min(ceil((len(self._mine) + len(others) + len(free)) / max(workers, 1)), MOST)
        for name in sorted(self._mine)[share:]:
            self._leave(name)
        self._give_back()
        if len(self._mine) < share and free:
            self.adopt(free, share - len(self._mine))
        is_busy = bool(self._mine or self._leaving or free)
        self._is_waiting = is_busy or _has_more_than(share, others) or self._is_unproven(others)
        if is_busy:
            self._idle_at = None

    def adopt(self, names: Iterable[str], most: int) -> None:
        """Take up to `most` of the sources `names`, with the hosts where they start."""
        taken = self._leases.take([f"source:{name}" for name in names], most)
        for name in sorted(one.removeprefix("source:") for one in taken):
            host = self._home(name)
            if self.claim(name, host):
                self._begin(name)
            else:
                self._leases.give_back([f"source:{name}"])
                self._resting[name] = awake_seconds() + self._terms.look
        self._session.ledger.commit()

    def require_all(self) -> None:
        """Have all sources of the run, as an import must.

        Raises:
            FrontierLockedError: another has one of them.
        """
        wanted = set(self._session.sources) - self._mine
        self.adopt(wanted, len(wanted))
        missing = sorted(wanted - self._mine)
        if missing:
            place = self._session.ledger.frontier.place
            raise FrontierLockedError(f"{place}: another crawls {', '.join(missing)}; try later")

    def close(self) -> None:
        """Give everything back; nothing is under way any more."""
        self._leases.close()

    def _begin(self, name: str) -> None:
        session, now = self._session, self._session.now()
        connection, source = session.ledger.connection, session.sources[name]
        put_back = connection.execute(_PUT_BACK, (name,)).rowcount
        if put_back:
            logger.info("%s: put back %d URLs that another held", name, put_back)
        clock.mend_source(connection, name, now)
        queue.enter_source(connection, source, now)
        session.ledger.enter(name)
        allowed = outlook.revisits_allowed(session.run_for, source.delay)
        session.revisits.setdefault(name, allowed)
        session.turn.append(name)
        self._mine.add(name)

    def _retire(self) -> None:
        """Let go of the sources that have nothing to fetch soon."""
        session = self._session
        for name in sorted(self._mine - session.busy_sources):
            soon = outlook.soonest(
                session.ledger.connection,
                session.sources[name],
                session.now(),
                session.revisits[name],
                WAIT_FOR,
            )
            if soon is None:
                self._resting[name] = awake_seconds() + RESTS * self._terms.look
                self._leave(name)

    def _leave(self, name: str) -> None:
        self._session.turn.remove(name)
        self._mine.remove(name)
        self._leaving.add(name)

    def _give_back(self) -> None:
        """Give back the sources that are left, and the hosts that none of ours starts at."""
        session, now = self._session, awake_seconds()
        done = self._leaving - session.busy_sources
        self._leaving -= done
        kept = {self._home(name) for name in self._mine | self._leaving} | session.busy_hosts
        hosts = {
            name.removeprefix("host:") for name in self._leases.names if name.startswith("host:")
        }
        unused = {
            host for host in hosts - kept if now - self._used.get(host, -inf) >= self._terms.look
        }
        if done or unused:
            session.ledger.commit()
            for name in done:
                session.ledger.leave(name)
            names = [f"source:{name}" for name in done] + [f"host:{host}" for host in unused]
            self._leases.give_back(names)

    def _others(self, held: Iterable[Held]) -> Mapping[str, Held]:
        """Return the leases of others on sources that are ours to crawl too."""
        ours = self._leases.names
        return {
            one.name.removeprefix("source:"): one
            for one in held
            if one.name.removeprefix("source:") in self._session.sources and one.name not in ours
        }

    def _free(self, others: Mapping[str, Held]) -> list[str]:
        now = awake_seconds()
        return [
            name
            for name in self._session.sources
            if name not in self._mine | self._leaving
            and name not in others
            and self._resting.get(name, -inf) <= now
        ]

    def _is_unproven(self, others: Mapping[str, Held]) -> bool:
        """Return whether a holder has shown no life since we had nothing more to do."""
        if self._idle_at is None:
            self._idle_at = self._leases.now()
        return any(one.renewed_at < self._idle_at for one in others.values())

    def _home(self, name: str) -> str:
        return host_key(self._session.sources[name].start[0])


def _has_more_than(share: int, others: Mapping[str, Held]) -> bool:
    """Return whether one of the others will soon give something back."""
    return any(count > share for count in Counter(one.run_id for one in others.values()).values())


_PUT_BACK: Final = (
    "UPDATE url SET state = 'queued', lease_run = NULL WHERE source = ? AND state = 'leased'"
)
