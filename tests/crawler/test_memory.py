"""The bound on a crawl's memory: of what it takes itself, and said when it is met."""

import json
import os
import subprocess
import sys
from pathlib import Path

from crawler.settings import MEMUSAGE_LIMIT_MB
from tests.crawler.crawl_once import ROOT, write_project
from tests.crawler.site import blog, pages, serve

# On Linux a process has the most that its parent ever took for the most that it ever took.
LARGE_PARENT = """
import subprocess, sys
taken = bytearray(int(sys.argv[1]) << 20)
sys.exit(subprocess.run([sys.executable, "-m", *sys.argv[2:]]).returncode)
"""
SMALL_BOUND = """
import sys
from crawler import settings
settings.MEMUSAGE_LIMIT_MB = 16
from warehouse.cli.main import main
sys.argv[1:] = ["run", "--for", "20s"]
main()
"""


def test_a_crawl_that_a_large_program_starts_fetches(tmp_path: Path) -> None:
    with serve(pages(blog(3))) as site:
        write_project(tmp_path, site.url)
        megabytes = str(MEMUSAGE_LIMIT_MB + 64)
        crawl = ["tests.crawler.crawl_once", str(tmp_path), "30"]
        done = subprocess.run(
            [sys.executable, "-c", LARGE_PARENT, megabytes, *crawl],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    (source,) = json.loads(done.stdout)["sources"]
    assert source["articles_seen"] == 3


def test_a_crawl_that_takes_too_much_says_so(tmp_path: Path) -> None:
    with serve(pages(blog(3))) as site:
        write_project(tmp_path, site.url)
        done = subprocess.run(
            [sys.executable, "-c", SMALL_BOUND],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert "MB of memory" in done.stdout, done.stderr
