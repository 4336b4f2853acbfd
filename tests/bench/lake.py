"""Publishing into a lake against publishing a file, and what a question then costs.

    python -m tests.bench.lake [ARTICLES]

The rows are those of `tests.bench.warehouse`, Postgres one on loopback without fsync.  Seconds of
CPU are those of this process: Postgres' own are not in them.
"""

import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from crawler.sources import Project
from pipeline.statutes import load_registry
from tests.bench.warehouse import load, tell
from tests.bench.warehouse_questions import timed
from tests.bench.warehouse_rows import NOW, Maker
from tests.lake.machines import lake_of, machine, new_place
from tests.postgres import cluster
from warehouse.lake.reading import open_for_questions
from warehouse.publish import publish
from warehouse.report.page import write_report
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import list_sql, open_published, open_warehouse, read_sql

USUAL = 100_000


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    with tempfile.TemporaryDirectory(prefix="fatiao-bench-") as scratch, cluster() as postgres:
        folder = Path(scratch)
        lake = lake_of(machine(folder / "north", "north", new_place(postgres, folder)))
        project = Project(file=folder / "fatiao.toml", folder=folder)
        print(f"{articles:,} articles")
        with open_warehouse(project.warehouse) as db:
            load(db, Maker(load_registry()), articles)
            put_out(db, project, "file")
            shared = replace(project, folder=folder / "north", lake=lake)
            put_out(db, shared, "lake, the first time")
            db.execute("UPDATE core.source SET delay_s = 4")
            put_out(db, shared, "lake, again")
        weigh(folder, project.public / DATABASE_NAME)
        with (
            closing(open_published(project.public / DATABASE_NAME)) as file,
            closing(open_for_questions(lake)) as shared_lake,
        ):
            for name in list_sql("examples"):
                ask(name, file, shared_lake)


def put_out(db: DuckDBPyConnection, project: Project, into: str) -> None:
    spent = timed(lambda: publish(db, project, run_id=1, now=NOW, write_report=write_report))
    tell(f"publish, {into}", spent)


def weigh(folder: Path, file: Path) -> None:
    kept = sum(path.stat().st_size for path in (folder / "lake").rglob("*.parquet"))
    print(f"  file {file.stat().st_size / 1e6:,.0f} MB, lake {kept / 1e6:,.0f} MB in two snapshots")


def ask(name: str, file: DuckDBPyConnection, lake: DuckDBPyConnection) -> None:
    """Ask twice, and tell of the second time."""
    spent = []
    for db in (file, lake):
        sql = read_sql(f"examples/{name}.sql")
        db.execute(sql).fetchall()
        spent.append(timed(lambda: db.execute(sql).fetchall()).cpu * 1000)  # noqa: B023 - at once
    print(f"  {name:<34}{spent[0]:>9,.0f} ms of CPU, lake {spent[1]:,.0f}")


if __name__ == "__main__":
    main()
