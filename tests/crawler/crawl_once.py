"""One crawl in its own process: `python -m tests.crawler.crawl_once FOLDER [SECONDS]`.

Prints the report as JSON; exits 75 where the project is locked, as the command line does.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crawler.run import LockedError, crawl, project_lock
from crawler.sources import load_project

ROOT = Path(__file__).resolve().parents[2]


def main(folder: str, seconds: str = "60", largest_file: str = "0") -> int:
    if int(largest_file):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), resource.RLIM_INFINITY))
    project = load_project(Path(folder) / "fatiao.toml")
    try:
        with project_lock(project):
            report = crawl(project, sources=None, run_for=float(seconds))
    except LockedError:
        return 75
    print(json.dumps(asdict(report), default=str))
    return 0


def write_project(folder: Path, start: str | list[str], **options: Any) -> Path:
    """Write a fatiao.toml with one source `site`; start and options as in TOML."""
    values = {"delay": 0, "allow_private": True} | options
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    text = "\n".join(
        [
            "[fatiao]",
            'contact = "owner@example.org"',
            "",
            "[[source]]",
            'name = "site"',
            f"start = {json.dumps(start)}",
            *lines,
        ]
    )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "fatiao.toml"
    file.write_text(text + "\n", encoding="utf-8")
    return file


def start_crawl(folder: Path, seconds: float = 60, largest_file: int = 0) -> subprocess.Popen[str]:
    """Start a crawl; with `largest_file`, in bytes, writes beyond it fail as on a full disk."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.crawler.crawl_once",
            str(folder),
            str(seconds),
            str(largest_file),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_crawl(folder: Path, seconds: float = 60) -> Any:
    """Crawl to the end and return the report."""
    process = start_crawl(folder, seconds)
    output, errors = process.communicate(timeout=seconds + 60)
    assert process.returncode == 0, errors
    return json.loads(output)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
