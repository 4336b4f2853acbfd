"""Runs of the real `fatiao` command in processes forked from one that has imported everything.

`serve` reads a JSON object a line from standard input, such as
`{"folder": "...", "arguments": ["run"], "point": "before_commit", "nth": 1}`, forks a process that
does it, and answers with its wait status and what it said when it has ended.  The `nth` time that
it reaches `point`, if one is given, the process kills itself with SIGKILL, or with `"act": "fill"`
finds its disk full from then on; it is killed `after` so many seconds.

The fork server that workers come from is shared, too: one of its own would import everything
anew for every run, which takes longer than the run.
"""

import json
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from multiprocessing import forkserver
from typing import Any

import scrapy.crawler  # noqa: F401 - as below

import warehouse.run  # noqa: F401 - imported here so that no run has to
from crawler import spider  # noqa: F401 - as above
from crawler.faults import Point, listen
from tests.crash import warm  # noqa: F401 - as above
from warehouse.cli import main, operate  # noqa: F401 - as above

POLL_SECONDS = 0.002
PIPE_BYTES = 1 << 16


def serve() -> None:
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.crash.warm"])
    forkserver.ensure_running()
    for line in sys.stdin:
        order = json.loads(line)
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            _run(order, said)
        os.close(said)
        status = _end_of(child, order.get("after"))
        print(json.dumps({"status": status, "output": _heard(heard)}), flush=True)
        os.close(heard)


def _heard(pipe: int) -> str:
    """Return what is in `pipe`, whose other end a killed run's workers may hold for a moment."""
    os.set_blocking(pipe, False)
    try:
        return os.read(pipe, PIPE_BYTES).decode(errors="replace")
    except BlockingIOError:
        return ""


def _end_of(child: int, after: float | None) -> int:
    """Return the wait status of `child`, which is killed if it lasts for `after` seconds."""
    until = None if after is None else time.monotonic() + after
    while until is not None and time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(POLL_SECONDS)
    if until is not None:
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _run(order: dict[str, Any], output: int) -> None:
    """Be a `fatiao` process, to its end."""
    code = 1
    # It asks for its child, which the server is not: it is the nursery's.
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]
    try:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if order.get("point"):
            act = ACTS[order.get("act", "kill")]
            _arm(
                Point(order["point"]),
                order.get("nth", 1),
                lambda: act(order),
            )
        sys.argv = ["fatiao", "--folder", order["folder"], *order["arguments"]]
        main.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    os._exit(code)


def _arm(point: Point, nth: int, act: Callable[[], None]) -> None:
    left = nth

    def strike(reached: Point) -> None:
        nonlocal left
        left -= reached is point
        if left == 0:
            act()

    listen(strike)


def _kill(_order: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fill(order: dict[str, Any]) -> None:
    """Leave no space where the folder is: really, where it is a small file system of its own."""
    if not os.path.ismount(order["folder"]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        return
    descriptor = os.open(os.path.join(order["folder"], order["ballast"]), os.O_WRONLY | os.O_CREAT)  # noqa: PTH118
    size = 1 << 20
    while size:
        try:
            os.write(descriptor, bytes(size))
        except OSError:
            size //= 2


def _terminate(_order: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


ACTS = {"kill": _kill, "fill": _fill, "terminate": _terminate}
