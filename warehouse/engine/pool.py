"""Pieces of work on this machine's own cores."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event

from warehouse.engine.engine import Failed, failed
from warehouse.engine.unit import PAGES, Done, Unit, work


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolEngine:
    """So many pieces at once, each in a process of its own that is killed when a page holds it."""

    workers: int | None = None  # None: as many as there are cores
    pages: int = PAGES

    def run(self, units: Sequence[Unit]) -> Iterator[Done | Failed]:
        """Yield what became of each of `units`, as they end; leaving early stops the others."""
        stop = Event()
        # Threads, as each waits for the killable process that does its work.
        with ThreadPoolExecutor(self.workers or os.cpu_count()) as threads:
            waiting: dict[Future[Done], Unit] = {
                threads.submit(work, unit, stop.is_set): unit for unit in units
            }
            try:
                while waiting:
                    ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
                    for future in ended:
                        yield _outcome(future, waiting.pop(future))
            finally:
                stop.set()
                threads.shutdown(cancel_futures=True)


def _outcome(future: Future[Done], unit: Unit) -> Done | Failed:
    error = future.exception()
    return failed(unit, error) if error is not None else future.result()
