"""`make bench`, the warehouse: how fast it loads, publishes and answers, and how large it gets.

    python -m tests.bench.warehouse [daily] [--articles 10000 100000] [--keep FOLDER] [--index]

A line a question and size shows how each grows; `nice` and --articles 1000000 take an hour and
12 GB of disk.  `daily` measures only what one more day costs, of a folder that was kept: with what
its earlier days left, one after another; --more 80 makes the day an hour.  A folder that was kept
is not filled again.

The rows are those of `tests.bench.warehouse_rows`; loader, checks, publisher and report are those
of a build.  Fetching, cleaning, citing and grouping are measured elsewhere.

Seconds of CPU, of all cores, hardly depend on who else is at work; those by the clock do.
"""

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from duckdb import DuckDBPyConnection

from crawler.sources import Project
from pipeline.statutes import load_registry
from tests.bench.warehouse_questions import Asked, Spent, ask_all, growth, timed
from tests.bench.warehouse_rows import CITATIONS, NOW, SOURCES, Maker
from warehouse.checks import run_checks
from warehouse.load import load_batch, load_registry_tables
from warehouse.publish import last_checked, publish
from warehouse.report.page import write_report
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import open_warehouse, transaction

BATCH = 2_000
DAILY = 2_000  # articles that one day brings
DAILY_BATCH = 400  # as a build has them
CHANGED = 20  # one article in so many has a second version


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("what", nargs="?", choices=["all", "daily"], default="all")
    options.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--more", type=int, default=DAILY, help="articles that a day brings")
    options.add_argument("--index", action="store_true", help="publish with a search index")
    options.add_argument("--keep", type=Path, help="use this folder, and leave it there")
    chosen = options.parse_args()
    answers = {}
    for articles in chosen.articles:
        with tempfile.TemporaryDirectory(prefix="fatiao-bench-") as scratch:
            folder = (chosen.keep or Path(scratch)) / str(articles)
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / "fatiao.toml"
            project = Project(file=file, folder=folder, search_index=chosen.index)
            answers[articles] = run(project, articles, chosen.what, chosen.more)
    if chosen.what == "all":
        print(growth(answers))


def run(project: Project, articles: int, what: str, more: int) -> Asked:
    print(f"{articles:,} articles, {articles * CITATIONS:,} citations")
    maker = Maker(load_registry())
    with open_warehouse(project.warehouse) as db:
        if not project.warehouse.with_suffix(".loaded").exists():
            spent = timed(lambda: load(db, maker, articles))
            tell("load", spent, f"{articles / spent.cpu:,.0f} articles a second of CPU")
            project.warehouse.with_suffix(".loaded").touch()
        size = project.warehouse.stat().st_size
        print(f"  {'file':<34}{size / 1e6:>9,.0f} MB, {size / articles:,.0f} bytes an article")
        if what == "all" or not project.public.exists():
            publish_whole(db, project)
        daily(db, project, maker, more)
    published = project.public / DATABASE_NAME
    print(f"  {'published file':<34}{published.stat().st_size / 1e6:>9,.0f} MB", flush=True)
    return ask_all(published) if what == "all" else {}


def load(db: DuckDBPyConnection, maker: Maker, articles: int) -> None:
    with transaction(db):
        load_registry_tables(db, load_registry())
        db.executemany(
            "INSERT INTO core.source VALUES (?, ?, true, 3)",
            [(f"site{n}", f"https://www.site{n}.example/") for n in range(SOURCES)],
        )
        db.execute("INSERT INTO ops.run VALUES (1, $1, $1, 'finished', $2, 0)", [NOW, articles])
    for first in range(0, articles, BATCH):
        with transaction(db):
            load_batch(db, *maker.batch(range(first, min(first + BATCH, articles))))
    changed = range(3, articles, CHANGED)
    for first in range(0, len(changed), BATCH):
        with transaction(db):
            load_batch(db, *maker.changed(changed[first : first + BATCH], articles + first))
    with transaction(db):
        for sql in _GROUPS:
            db.execute(sql)
    db.execute("CHECKPOINT fatiao")


def publish_whole(db: DuckDBPyConnection, project: Project) -> None:
    """Write the whole file, masked as it is by default."""
    tell("checks of all", timed(lambda: report_checks(db)))
    shutil.rmtree(project.snapshots, ignore_errors=True)
    write = partial(publish, db, project, run_id=1, now=NOW, write_report=write_report)
    tell("publish, whole", timed(write))


def daily(db: DuckDBPyConnection, project: Project, maker: Maker, more: int) -> None:
    """One more day: its articles, in batches as a build has them, then checks and publishing."""
    ((first, run_id),) = db.execute(
        "SELECT max(fetch_id) + 1, (SELECT value::INTEGER + 1 FROM ops.meta WHERE key = 'run_id')"
        " FROM ops.fetch"
    ).fetchall()
    later = NOW + timedelta(days=run_id)
    numbers = range(first, first + more)
    day = [
        (f"{more:,} more", lambda: add(db, maker, numbers)),
        ("checks", lambda: report_checks(db, last_checked(project))),
        (
            "publish",
            lambda: publish(db, project, run_id=run_id, now=later, write_report=write_report),
        ),
    ]
    spent = [timed(work) for _, work in day]
    for (what, _), one in zip(day, spent, strict=True):
        tell(f"a day: {what}", one)
    tell("a day, in all", Spent(sum(one.wall for one in spent), sum(one.cpu for one in spent)))


def add(db: DuckDBPyConnection, maker: Maker, numbers: Sequence[int]) -> None:
    for first in range(0, len(numbers), DAILY_BATCH):
        with transaction(db):
            load_batch(db, *maker.batch(numbers[first : first + DAILY_BATCH]))


# Two of five articles repeat the one numbered before them, as a build would have found.
_GROUPS = (
    """
    INSERT INTO core.duplicate (
        article_id, cluster_id, canonical_id, relation, similarity, rare_similarity, matched_id,
        epoch
    )
    SELECT
        article_id,
        if(is_repost, original, article_id),
        if(is_repost, original, article_id),
        if(is_repost, 'near', 'original'),
        if(is_repost, 0.9, 1),
        if(is_repost, 0.9, 1),
        if(is_repost, original, NULL),
        1
    FROM (
        SELECT
            a.article_id,
            g.fetch_id % 5 IN (1, 2) AS is_repost,
            lag(a.article_id, (g.fetch_id % 5)::INTEGER) OVER (ORDER BY g.fetch_id) AS original
        FROM core.article AS a
        JOIN ops.page AS g ON g.article_id = a.article_id AND g.outcome = 'new'
    )
    """,
    """
    INSERT INTO core.cluster (cluster_id, canonical_id, rule, evidence)
    SELECT DISTINCT cluster_id, canonical_id, 'dated', '2024-01-01, 2024-01-02'
    FROM core.duplicate
    WHERE article_id <> canonical_id
    """,
)


def report_checks(db: DuckDBPyConnection, checked: Path | None = None) -> None:
    for failure in run_checks(db, checked):
        print(f"  check {failure.name}: {failure.rows:,} rows")


def tell(what: str, spent: Spent, more: str = "") -> None:
    print(f"  {what:<34}{spent}{'  ' + more if more else ''}", flush=True)


if __name__ == "__main__":
    main()
