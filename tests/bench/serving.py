"""A site served by a process of its own, and measurements made in fresh ones.

A module that uses it answers `serve NUMBER` on its command line by `serve_forever`, and `NAME URL`
by printing one JSON object as its last line.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.crawler.site import Reply, pages, serve

ROOT: Final = Path(__file__).resolve().parents[2]


@contextmanager
def serving(module: str, articles: int) -> Generator[str]:
    """Let `module` serve its site of `articles` from another process; yield the start URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, "serve", str(articles)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip() + "/"
    finally:
        process.kill()
        process.wait()


def measured(module: str, name: str, url: str) -> dict[str, Any]:
    """Return what `module` measures under `name` in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", module, name, url],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def serve_forever(replies: dict[str, bytes | Reply]) -> None:
    """Serve these pages, and print the address, until the process is killed."""
    with serve(pages(replies)) as served:
        print(served.url, flush=True)
        while True:
            time.sleep(60)
