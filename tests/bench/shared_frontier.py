"""What a page costs when the frontier is in Postgres: `python -m tests.bench.shared_frontier [N]`.

A blog of N articles (default 600) on loopback, crawled by one process: frontier in a file, then in
Postgres.  Processor time of the crawler alone; Postgres's own is not in it.
"""

import resource
import sys
import tempfile
from pathlib import Path
from subprocess import Popen

from tests.crawler.crawl_once import start_crawl, write_project
from tests.crawler.share_once import start_worker, write_worker
from tests.crawler.site import blog, pages, serve
from tests.postgres import cluster


def main(articles: int) -> None:
    with tempfile.TemporaryDirectory() as folder, cluster() as postgres:
        file, shared = Path(folder, "file"), Path(folder, "shared")
        with serve(pages(blog(articles))) as site:
            write_project(file, site.url + "/")
            report("SQLite", start_crawl(file, 600), lambda: len(site.asked))
        with serve(pages(blog(articles))) as site:
            write_worker(shared, postgres.new_database(), [site.url + "/"])
            report("Postgres", start_worker(shared, 600), lambda: len(site.asked))


def report(name: str, process: "Popen[str]", asked: "object") -> None:
    before = _seconds()
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert callable(asked)
    spent = _seconds() - before
    print(f"{name}: {asked()} requests, {1000 * spent / asked():.1f} ms of processor time each")


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
