"""Having a frontier to oneself, for what rewrites the archive: no crawler may be at work.

A frontier in a file is its folder's, and whoever has the project lock has it.  Of one in Postgres
all sources are taken, as a crawler takes some: those that begin meanwhile wait until they are back.
"""

import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from crawler.frontier.place import Dsn
from crawler.frontier.store import Frontier
from crawler.frontier.trouble import FrontierError, FrontierLockedError

if TYPE_CHECKING:
    from crawler.frontier.leases import Leases  # of the extra fatiao[postgres]


@contextmanager
def alone(frontier: Frontier, sources: Iterable[str]) -> Generator[int | None]:
    """Keep all crawlers off `frontier`, its sources and `sources` alike.

    Yields the number by which the segments that are written meanwhile are told from others', None
    where the frontier is in a file.  The next commit fails where a lease was lost.

    Raises:
        FrontierLockedError: somebody crawls.
        FrontierAwayError: Postgres cannot be reached.
    """
    if not isinstance(frontier.place, Dsn):
        yield None
        return
    # Of the extra fatiao[postgres].
    from crawler.frontier.leases import Leases, Terms  # noqa: PLC0415
    from crawler.frontier.postgres import PostgresFrontier  # noqa: PLC0415

    assert isinstance(frontier, PostgresFrontier)  # noqa: S101 - by its place
    connection, terms = frontier.connection, Terms()
    (number,) = connection.execute(_NUMBER).fetchone()
    leases = Leases(frontier, int(number), terms)
    is_over = threading.Event()
    renewal = threading.Thread(target=_renew, args=(leases, is_over, terms.lease / 4), daemon=True)
    try:
        known = {name for (name,) in connection.execute(_SOURCES)} | set(sources)
        wanted = {f"source:{name}" for name in known}
        living = [one.run_id for one in leases.all_held() if one.run_id != number]
        if living or wanted - leases.take(wanted, len(wanted)).keys():
            raise FrontierLockedError(f"{frontier.place}: {_who(frontier)} crawls; run again later")
        renewal.start()
        yield int(number)
    finally:
        is_over.set()
        if renewal.ident is not None:
            renewal.join()
        leases.close()


def _renew(leases: "Leases", is_over: threading.Event, seconds: float) -> None:
    """Renew until it is over; a loss is told by the commit that needs the leases."""
    while not is_over.wait(seconds):
        try:
            leases.renew()
        except FrontierError:
            return


def _who(frontier: Frontier) -> str:
    rows = frontier.connection.execute(_WORKERS).fetchall()
    return ", ".join(str(worker) for (worker,) in rows) or "another machine"


_NUMBER: Final = "SELECT nextval(pg_get_serial_sequence('run', 'run_id'))"
_SOURCES: Final = "SELECT DISTINCT source FROM url"
_WORKERS: Final = """
    SELECT DISTINCT worker FROM run JOIN lease USING (run_id)
    WHERE until > clock_timestamp() AND worker IS NOT NULL ORDER BY worker
"""
