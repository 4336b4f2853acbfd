"""Folders as earlier versions of the program left them."""

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import duckdb


def make_old(folder: Path, version: int = 1) -> None:
    """Make the frontier one of `version`, with what that held, and change the warehouse's tables.

    A frontier is brought up to date table by table, a warehouse is built again, so of what it was
    nothing matters.
    """
    path = folder / "data" / "frontier.sqlite"
    newer = path.rename(path.with_name("newer.sqlite"))
    with closing(sqlite3.connect(path)) as old:
        for number in range(1, version + 1):
            old.executescript(_schema(number))
        old.execute(f"PRAGMA user_version = {version}")
        old.execute("ATTACH ? AS newer", (str(newer),))
        tables = old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            names = [row[1] for row in old.execute(f"PRAGMA main.table_info({table})")]
            columns = ", ".join(names)
            old.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM newer.{table}")  # noqa: S608
        old.commit()
    newer.unlink()
    with duckdb.connect(str(folder / "data" / "warehouse.duckdb")) as db:
        db.execute("UPDATE ops.meta SET value = 'of old' WHERE key = 'schema_digest'")


def _schema(version: int) -> str:
    name = "schema.sql" if version == 1 else f"schema_{version}.sql"
    return files("crawler.frontier").joinpath(name).read_text(encoding="utf-8")
