"""Runs of the real `fatiao` command in processes forked from one that has imported everything.

`serve` reads a JSON object a line from standard input, such as
`{"folder": "...", "arguments": ["run"], "point": "before_commit", "nth": 1}`, forks a process that
does it, and answers with its wait status when it has ended.  The process kills itself with SIGKILL
the `nth` time that it reaches `point`, if one is given, and is killed `after` so many seconds.

The fork server that workers come from is shared, too: one of its own would import everything
anew for every run, which takes longer than the run.
"""

import json
import multiprocessing
import os
import signal
import sys
import time
import traceback
from multiprocessing import forkserver
from typing import Any

import scrapy.crawler  # noqa: F401 - as below

import warehouse.run  # noqa: F401 - imported here so that no run has to
from crawler import spider  # noqa: F401 - as above
from crawler.faults import Point, listen
from tests.crash import warm  # noqa: F401 - as above
from warehouse.cli import main, operate  # noqa: F401 - as above

POLL_SECONDS = 0.002


def serve() -> None:
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.crash.warm"])
    forkserver.ensure_running()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(order)
        print(_end_of(child, order.get("after")), flush=True)


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


def _run(order: dict[str, Any]) -> None:
    """Be a `fatiao` process, to its end."""
    code = 1
    # It asks for its child, which the server is not: it is the nursery's.
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]
    try:
        os.setpgid(0, 0)
        with open(order["folder"] + "/output.txt", "ab", buffering=0) as output:  # noqa: PTH123
            nothing = os.open(os.devnull, os.O_RDONLY)
            os.dup2(nothing, 0)
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        if order.get("point"):
            _arm(Point(order["point"]), order.get("nth", 1))
        sys.argv = ["fatiao", "--folder", order["folder"], *order["arguments"]]
        main.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    os._exit(code)


def _arm(point: Point, nth: int) -> None:
    left = nth

    def strike(reached: Point) -> None:
        nonlocal left
        left -= reached is point
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    listen(strike)
