"""One crawl at a time of the test's choosing: `python -m tests.hostile.timed_crawl FOLDER TIME`.

TIME is what the clock says at its start, as ISO 8601; from there it goes on as clocks do.
"""

import json
import sys
import time
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from crawler.run import crawl, project_lock
from crawler.sources import load_project


def main(folder: str, at: str) -> None:
    began, start = time.monotonic(), datetime.fromisoformat(at)
    project = load_project(Path(folder) / "fatiao.toml")
    with project_lock(project):
        report = crawl(
            project,
            sources=None,
            run_for=30.0,
            clock=lambda: start + timedelta(seconds=time.monotonic() - began),
        )
    print(json.dumps(asdict(report), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
