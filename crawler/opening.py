"""How a run begins: what a killed one left is put right, and the sources are entered."""

import logging
import socket
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import inf
from typing import TYPE_CHECKING, Final

from crawler.archive_writer import ArchiveWriter, Clock, truncate_to
from crawler.bucket_writer import BucketWriter, remove_strangers
from crawler.frontier import clock as clock_mend
from crawler.frontier import outlook, queue
from crawler.frontier.ledger import Ledger, recover, start_run
from crawler.frontier.store import Frontier, open_frontier
from crawler.session import Session
from crawler.sources import Project, Source

if TYPE_CHECKING:
    from crawler.frontier.leases import Terms  # of the extra fatiao[postgres]

logger = logging.getLogger(__name__)

SLACK: Final = 2.0  # seconds by which the clocks of machines that share a frontier may differ


@contextmanager
def open_session(
    project: Project,
    sources: dict[str, Source],
    run_for: float,
    clock: Callable[[], datetime],
    max_requests: float = inf,
    terms: "Terms | None" = None,
) -> Generator[Session]:
    """Recover what a killed run left, and start a run; the caller holds the project lock.

    With `max_requests` it is a trial: no more are made, and none for sitemaps.  `terms` are those
    on which a frontier in Postgres is shared; None: the usual ones.

    Raises:
        ArchiveError: the archive is shorter than what was committed.
        FrontierError: the frontier cannot be used.
    """
    is_shared = project.database is not None
    with open_frontier(project.frontier) as frontier:
        if is_shared:
            clock = _set_by_the_server(frontier, clock)
        else:
            put_back = recover(frontier, project.archive_folder)
            if put_back:
                logger.info("put back %d URLs that a killed run held", put_back)
        run_id = start_run(frontier, clock().timestamp())
        archive = _writer(project, clock, run_id)
        session = Session(
            project=project,
            sources=sources,
            ledger=Ledger(frontier, archive, clock, run_id),
            run_for=run_for,
            requests_left=max_requests,
        )
        with _sharing(session, terms) if is_shared else _alone(session):
            try:
                yield session
            finally:
                archive.close()


def _set_by_the_server(frontier: Frontier, clock: Clock) -> Clock:
    """Return `clock` as the database has the time: one that is behind sees nothing due."""
    (now,) = frontier.connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    behind = float(now) - clock().timestamp()
    if abs(behind) < SLACK:
        return clock
    logger.warning("this machine's clock is %+.0f s against the database's, which counts", -behind)
    return lambda: clock() + timedelta(seconds=behind)


def _writer(project: Project, clock: Clock, run_id: int) -> ArchiveWriter:
    if project.bucket is not None:
        return BucketWriter(project.bucket, clock, run_id=run_id)
    run_in_name = None if project.database is None else run_id
    return ArchiveWriter(project.archive_folder, clock, run_id=run_in_name)


@contextmanager
def _alone(session: Session) -> Generator[None]:
    """Have everything in a file."""
    ledger, now = session.ledger, session.now()
    clock_mend.mend(ledger.connection, now)
    for source in session.sources.values():
        queue.enter_source(ledger.connection, source, now)
        ledger.enter(source.name)
        session.revisits[source.name] = outlook.revisits_allowed(session.run_for, source.delay)
    session.turn = deque(session.sources)
    ledger.commit()
    yield


@contextmanager
def _sharing(session: Session, terms: "Terms | None") -> Generator[None]:
    """Have a share of what is in Postgres."""
    from crawler.frontier.leases import Leases, Terms  # noqa: PLC0415
    from crawler.frontier.postgres import PostgresFrontier  # noqa: PLC0415
    from crawler.sharing import Sharing  # noqa: PLC0415

    frontier, project = session.ledger.frontier, session.project
    run_id, terms = session.ledger.run_id, terms or Terms()
    assert isinstance(frontier, PostgresFrontier)  # noqa: S101 - by its place
    worker = f"{socket.gethostname()}:{session.project.folder.resolve()}"
    frontier.connection.execute("UPDATE run SET worker = ? WHERE run_id = ?", (worker, run_id))
    leases = Leases(frontier, run_id, terms)
    sharing = Sharing(session, leases, terms)
    try:
        living = {one.run_id for one in leases.all_held() if one.name.startswith("run:")}
        if project.bucket is None:
            truncate_to(project.archive_folder, frontier.segments(), but=living)
        else:
            remove_strangers(project.bucket, frontier.segments(), but=living)
        session.claims = sharing
        sharing.look()
        yield
    finally:
        sharing.close()
