"""A reader under load: opens what is public again and again, until its input is closed.

Writes, as JSON, how often it could and what went wrong; every other opening is by plain DuckDB.
"""

import json
import select
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.store import open_published

ASKED = "SELECT count(*), (SELECT value FROM ops.meta WHERE key = 'run_id') FROM articles"


def main() -> None:
    file = Path(sys.argv[1])
    opened, failures, runs, slowest = 0, [], set(), 0.0
    with closing(open_published(file)) as kept:  # a notebook that stays open
        (first,) = kept.execute(ASKED).fetchall()
        while not select.select([sys.stdin], [], [], 0)[0]:
            started = time.monotonic()
            try:
                with closing(open_as(file, opened)) as db:
                    ((articles, run),) = db.execute(ASKED).fetchall()
                    runs.add(run)
                if articles != first[0]:
                    failures.append(f"{articles} articles")
                if kept.execute(ASKED).fetchall() != [first]:
                    failures.append("an open file changed")
            except (duckdb.Error, OSError) as error:
                failures.append(str(error))
            opened += 1
            slowest = max(slowest, time.monotonic() - started)
    said = {"opened": opened, "failures": failures, "runs": len(runs), "slowest": slowest}
    json.dump(said, sys.stdout)


def open_as(file: Path, number: int) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(file, read_only=True) if number % 2 else open_published(file)


if __name__ == "__main__":
    main()
