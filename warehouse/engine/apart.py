"""A function's results from a process of its own, which may die: its caller learns of it.

Ray ends the program that uses it when its node server dies, at once and from C++: nothing can be
caught.  So the program that uses it is a child of ours.
"""

import os
import threading
from collections.abc import Callable, Generator, Iterable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

GRACE_SECONDS: Final = 10.0  # for a process that was told to end


class DiedError(RuntimeError):
    """The process died; the message is the last line that it wrote."""


def results_apart(
    function: Callable[[Job], Iterable[Result]], job: Job
) -> Generator[Result, None, None]:
    """Yield what `function(job)` yields, which runs in a process of its own.

    `function` is a module's function; it, the job and the results are pickled.  Leaving early ends
    the process, and so does our own death.

    Raises:
        DiedError: the process died.
        Exception: what `function` raised.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    with TemporaryDirectory(prefix="fatiao-apart-") as folder:
        log = Path(folder, "said")
        process = context.Process(target=_run, args=(sender, log, function, job))
        process.start()
        sender.close()  # the child's is the only one now, so that its death ends the pipe
        patience = 0.0  # with a process that is left early
        try:
            yield from _received(receiver, log)
            patience = GRACE_SECONDS
        finally:
            receiver.close()
            _end(process, patience)


def _received(receiver: Connection, log: Path) -> Generator[Any, None, None]:
    while True:
        try:
            kind, value = receiver.recv()
        except (EOFError, ConnectionResetError):
            raise DiedError(_last_line(log)) from None
        if kind == "result":
            yield value
        elif kind == "error":
            raise value
        else:
            return


def _end(process: BaseProcess, patience: float) -> None:
    process.join(patience)
    for stop in (process.terminate, process.kill):
        if process.is_alive():
            stop()
            process.join(GRACE_SECONDS)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "without a word")


def _run(
    sender: Connection, log: Path, function: Callable[[Job], Iterable[Result]], job: Job
) -> None:
    """Be the child."""
    signal(SIGINT, SIG_IGN)  # it comes to our parent too, who ends us
    with log.open("ab") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        for result in function(job):
            sender.send(("result", result))
        sender.send(("end", None))
    except Exception as error:
        sender.send(("error", error))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
