"""Asks one published file everything, with whatever DuckDB is installed; see `tests.compat`.

Knows nothing of fatiao, and only what DuckDB 1.2 has.  Writes, as JSON, how many rows each
question gave and a digest of them; or the error.
"""

import hashlib
import json
import sys
from typing import Any

import duckdb

VIEWS = "SELECT view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal"
# Views that count from the moment of asking.
MOVING = ("freshness",)


def main() -> None:
    file, asked = sys.argv[1], json.load(sys.stdin)
    answers: dict[str, str] = {}
    with duckdb.connect(file, read_only=True) as db:
        ask_views(db, "fatiao", "direct", answers)
        ask_rest(db, asked, "direct", answers)
    for name in ("fatiao", "other"):
        with duckdb.connect() as db:
            db.execute(f"ATTACH '{file}' AS {name} (READ_ONLY)")
            ask_views(db, name, f"attached as {name}", answers)
            if name == "fatiao":
                db.execute("USE fatiao")
                ask_rest(db, asked, "attached", answers)
    json.dump(answers, sys.stdout)


def ask_views(
    db: duckdb.DuckDBPyConnection, catalog: str, how: str, answers: dict[str, str]
) -> None:
    for (view,) in db.execute(VIEWS, [catalog]).fetchall():
        answers[f"view {view}, {how}"] = answer(db, f"FROM {catalog}.main.{view}", view in MOVING)


def ask_rest(
    db: duckdb.DuckDBPyConnection, asked: dict[str, Any], how: str, answers: dict[str, str]
) -> None:
    for name, sql in asked["macros"].items():
        for at in ("", "fatiao.main."):
            answers[f"macro {at}{name}, {how}"] = answer(db, sql.format(at=at), False)
    for name, sql in asked["examples"].items():
        answers[f"example {name}, {how}"] = answer(db, sql, name in MOVING)


def answer(db: duckdb.DuckDBPyConnection, sql: str, is_moving: bool) -> str:
    try:
        db.execute("SET TimeZone = 'Asia/Shanghai'")
        rows = db.execute(sql).fetchall()
    except duckdb.Error as error:
        return str(error).split("\n")[0]
    if is_moving:
        return f"{len(rows)} rows"
    lines = sorted(repr([plain(value) for value in row]) for row in rows)
    return f"{len(rows)} rows {hashlib.sha256(repr(lines).encode()).hexdigest()[:12]}"


def plain(value: Any) -> Any:
    # Sums of floating-point numbers depend on their order.
    return round(value, 9) if isinstance(value, float) else value


if __name__ == "__main__":
    main()
