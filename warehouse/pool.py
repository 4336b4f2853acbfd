"""Work in processes that can be killed, with a bound on time and memory for each job.

A page of hostile markup can hold an extractor for minutes (measured: one 2.4 MB page of
attributes kept trafilatura busy for over a minute), and only another process can stop that.
The pool is pebble's: multiprocessing's own can't kill one worker and go on.

What is bounded is the processor's time, by the kernel's own timer: on a busy machine a job takes
longer and is not to blame.  The clock's bound, wider, is for a job that waits for something.
"""

import multiprocessing
import resource
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as JobTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.archive import ArchiveAwayError

Job = TypeVar("Job")
Result = TypeVar("Result")

# A page takes some .06 s; a hostile one takes minutes (S26).
JOB_SECONDS: Final = 5.0  # of the processor
CLOCK_FACTOR: Final = 12  # so many times that by the clock
WORKER_BYTES: Final = 4 * 2**30  # address space of a worker, its libraries included
WORKERS: Final = 2  # the machine this is made for has two cores
CHUNK: Final = 400  # jobs handed over at once, so that memory stays bounded
JOBS_OF_A_WORKER: Final = 2_000  # then a fresh one takes over: lxml never gives memory back


class Limit(StrEnum):
    """The bound that a job broke."""

    TIME = "timeout"
    CRASH = "error"


@dataclass(frozen=True, slots=True)
class Overrun:
    """A job that came to nothing, and why."""

    limit: Limit
    detail: str


def map_bounded(
    function: Callable[[Job], Result],
    jobs: Iterable[Job],
    *,
    preload: str,
    seconds: float = JOB_SECONDS,
    workers: int = WORKERS,
) -> Iterator[Result | Overrun]:
    """Yield `function(job)` for each job, in order, or what became of it.

    `function` is a module's function (it is pickled); `preload` names the module to import once
    for all workers; a job that keeps the processor busy for longer than `seconds`, or is not done
    in twelve times that by the clock, is killed.  No job stops the others.
    """
    waiting = iter(jobs)
    chunk = list(islice(waiting, CHUNK))
    if not chunk:
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    with ProcessPool(
        min(workers, len(chunk)),
        max_tasks=JOBS_OF_A_WORKER,
        initializer=_limit_memory,
        context=context,
    ) as pool:
        try:
            while chunk:
                yield from _map_chunk(pool, function, chunk, seconds)
                chunk = list(islice(waiting, CHUNK))
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call] # else leaving waits for what is under way
            raise


def _map_chunk(
    pool: ProcessPool, function: Callable[[Job], Result], chunk: Sequence[Job], seconds: float
) -> Iterator[Result | Overrun]:
    timed = partial(_timed, function, seconds)
    results = pool.map(timed, chunk, timeout=CLOCK_FACTOR * seconds).result()
    for _ in chunk:
        try:
            yield next(results)
        except (BrokenProcessPool, ArchiveAwayError):
            raise  # no worker can be started, nothing be read: that says nothing about the page
        except JobTimeoutError:
            yield Overrun(Limit.TIME, f"not done in {CLOCK_FACTOR * seconds:.0f} s by the clock")
        except ProcessExpired as error:
            if abs(error.exitcode or 0) == signal.SIGPROF:
                yield Overrun(Limit.TIME, f"not done in {seconds:.0f} s")
            else:
                yield Overrun(Limit.CRASH, f"its worker process died: {error}")
        except MemoryError:
            yield Overrun(Limit.CRASH, f"over {WORKER_BYTES >> 30} GiB of memory")
        except Exception as error:  # one page never stops a run: it becomes a row with a reason
            yield Overrun(Limit.CRASH, f"{type(error).__name__}: {error}")


def _timed(function: Callable[[Job], Result], seconds: float, job: Job) -> Result:
    """Run the job under a timer whose signal ends the process, whatever C code it is in."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return function(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_BYTES, WORKER_BYTES))
