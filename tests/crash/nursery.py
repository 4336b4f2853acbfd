"""Runs of the real `fatiao` command in processes forked from one that has imported everything.

`python -m tests.crash.nursery` reads a JSON object a line from standard input, such as
`{"folder": "...", "arguments": ["run"], "point": "before_commit", "nth": 1}`, forks a process that
does it, and answers with two lines: the process id, and the wait status when it has ended.  The
process kills itself with SIGKILL the `nth` time that it reaches `point`, if one is given.
"""

import json
import os
import signal
import sys
import traceback
from typing import Any

import warehouse.run  # noqa: F401 - imported here so that no run has to
from crawler import spider  # noqa: F401 - as above
from crawler.faults import Point, listen
from warehouse.cli import main, operate  # noqa: F401 - as above


def serve() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(order)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


def _run(order: dict[str, Any]) -> None:
    """Be a `fatiao` process, to its end."""
    code = 1
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


if __name__ == "__main__":
    serve()
