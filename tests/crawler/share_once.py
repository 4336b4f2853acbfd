"""One of several crawls of one Postgres.

`python -m tests.crawler.share_once FOLDER [SECONDS [AHEAD]]`; as `tests.crawler.crawl_once`, on
terms for which a test has the time.  Exits with what the command line would.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.frontier.leases import Terms
from crawler.frontier.place import Dsn
from crawler.frontier.trouble import FrontierLockedError
from crawler.run import crawl, project_lock
from crawler.sources import load_project
from crawler.spider import SourceSpider
from tests.crawler.crawl_once import ROOT

TERMS = Terms(lease=5.0, request=1.5, renewal=0.2, look=0.4)


def main(folder: str, seconds: str = "60", ahead: str = "0") -> int:
    assert SourceSpider.name  # imported before there are leases: it takes a second, or three
    project = load_project(Path(folder) / "fatiao.toml")
    try:
        with project_lock(project):
            report = crawl(
                project,
                sources=None,
                run_for=float(seconds),
                terms=TERMS,
                clock=lambda: datetime.now(UTC) + timedelta(seconds=float(ahead)),
            )
    except FrontierLockedError as error:
        sys.stderr.write(f"{error}\n")
        return 75
    print(json.dumps(asdict(report), default=str))
    return 0


def write_worker(
    folder: Path, dsn: Dsn, starts: Sequence[str], *, delay: float = 0.0, archive: str = ""
) -> Path:
    """Write the folder of one machine, which is told apart by its contact."""
    lines = ["[fatiao]", f'contact = "{folder.name}@example.org"', f'frontier = "{dsn.url}"']
    if archive:
        lines.append(f'archive = "{archive}"')
    for number, start in enumerate(starts):
        lines += ["[[source]]", f'name = "site-{number}"', f'start = "{start}"',
                  "allow_private = true", f"delay = {delay}"]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fatiao.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def start_worker(folder: Path, seconds: float = 60, ahead: float = 0) -> subprocess.Popen[str]:
    """Start a crawl of `folder` for `seconds`, on a machine whose clock is so many ahead."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crawler.share_once", str(folder), str(seconds), str(ahead)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
