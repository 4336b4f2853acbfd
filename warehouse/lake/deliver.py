"""Publishing into a lake: the rows of the finished copy in place of those we published before.

All tables are made anew in one transaction: a reader sees all of the old or all of the new.  A
lake keeps no keys and conditions, so they are looked for in the rows before they are committed.
Killed anywhere, a delivery leaves at worst files that no snapshot names; our next one clears them.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from crawler.lake import Lake
from crawler.sources import Project
from warehouse.exits import PublishError
from warehouse.lake.connect import LAKE, locked, open_lake, persistently
from warehouse.lake.register import (
    STEP,
    Publication,
    publications,
    refuse_strangers,
    register,
    write_publication,
)
from warehouse.lake.tidy import clear_orphans, expire
from warehouse.store import quote_path, read_sql


@dataclass(frozen=True, slots=True)
class _Column:
    table: str  # as in the lake: schema_table
    name: str
    type: str
    is_nullable: bool
    is_numbered: bool  # numbers rows of one machine
    comment: str | None
    table_comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a publication says of itself."""

    digest: str
    left_out: str
    published_at: datetime

    @classmethod
    def of(cls, stated: Mapping[str, str], now: datetime) -> "Content":
        """Return what the manifest states of it."""
        return cls(digest=stated["content_digest"], left_out=stated["left_out"], published_at=now)


def holds(lake: Lake, digest: str, left_out: str) -> bool:
    """Say whether that content is in `lake` under our name.

    Raises:
        LakeError: the lake cannot be reached.
    """

    def ask() -> bool:
        with open_lake(lake) as connection:
            return any(
                (one.publisher, one.content_digest, one.left_out)
                == (lake.publisher, digest, left_out)
                for one in publications(connection)
            )

    return persistently(lake, ask)


def deliver(copy: Path, project: Project, lake: Lake, content: Content) -> None:
    """Put the rows of the file `copy`, which is made for publishing, into `lake`.

    Raises:
        PublishError: a source or an article is another publisher's, rows are not as they should
            be, or the lake cannot be reached or written (LakeError).
    """
    persistently(lake, lambda: _deliver(copy, project, lake, content))


def _deliver(copy: Path, project: Project, lake: Lake, content: Content) -> None:
    with open_lake(lake) as db:
        db.execute(f"ATTACH {quote_path(copy)} AS copy (READ_ONLY)")
        sources = tuple(name for (name,) in db.execute(read_sql("lake/sources.sql")).fetchall())
        mine = register(db, project, lake, sources)
        clear_orphans(db, lake)
        ((articles,),) = db.execute("SELECT count(*) FROM copy.core.article").fetchall()
        now = replace(
            mine, sources=sources, articles=articles, left_out=content.left_out,
            content_digest=content.digest, published_at=content.published_at,
            code_version=version("fatiao"),
        )  # fmt: skip
        db.begin()
        try:
            for table, columns in groupby(_columns(db), key=lambda one: one.table):
                _replace(db, mine, table, list(columns))
            write_publication(db, now)
            refuse_broken(db, lake)
            with locked(db):
                _refuse_others(db, lake, now)
                db.commit()
                expire(db, project.keep_snapshots)
        except BaseException:
            with suppress(duckdb.Error):  # it is over already
                db.rollback()
            raise


def _columns(db: DuckDBPyConnection) -> list[_Column]:
    return [_Column(*row) for row in db.execute(read_sql("lake/columns.sql")).fetchall()]


def _replace(db: DuckDBPyConnection, mine: Publication, table: str, columns: list[_Column]) -> None:
    """All names are our own."""
    target = f'{LAKE}."{mine.publisher}".{table}'
    db.execute(f"DROP TABLE IF EXISTS {target}")
    described = (
        f'"{one.name}" {one.type}{"" if one.is_nullable else " NOT NULL"}' for one in columns
    )
    db.execute(f"CREATE TABLE {target} ({', '.join(described)})")
    for statement in _comments(target, columns):
        db.execute(statement)
    offset = mine.number * STEP
    cells = (
        f'"{one.name}" + {offset}' if one.is_numbered and offset else f'"{one.name}"'
        for one in columns
    )
    db.execute(f"INSERT INTO {target} SELECT {', '.join(cells)} FROM {_of_copy(table)}")  # noqa: S608


def _comments(target: str, columns: list[_Column]) -> Iterator[str]:
    if columns[0].table_comment:
        yield f"COMMENT ON TABLE {target} IS {quote_path(columns[0].table_comment)}"
    for one in columns:
        if one.comment:
            yield f'COMMENT ON COLUMN {target}."{one.name}" IS {quote_path(one.comment)}'


def _of_copy(table: str) -> str:
    schema, _, name = table.partition("_")
    return f"copy.{schema}.{name}"


def refuse_broken(db: DuckDBPyConnection, lake: Lake) -> None:
    """Look for what keys and conditions forbid, and for rows that did not arrive."""
    for table, is_condition, what in db.execute(read_sql("lake/constraints.sql")).fetchall():
        target = f'{LAKE}."{lake.publisher}".{table}'
        wrong = (
            f"SELECT count(*) FROM {target} WHERE NOT ({what})"  # noqa: S608 - our own names
            if is_condition
            else f"SELECT count(*) - count(DISTINCT ({what})) FROM {target}"  # noqa: S608
        )
        ((rows,),) = db.execute(wrong).fetchall()
        if rows:
            raise PublishError(f"{lake}: {table}: {rows} rows break {what}; report it")
    for table in {one.table for one in _columns(db)}:
        count = f"""
            SELECT
                (SELECT count(*) FROM {LAKE}."{lake.publisher}".{table}),
                (SELECT count(*) FROM {_of_copy(table)})"""  # noqa: S608 - our own names
        ((there, here),) = db.execute(count).fetchall()
        if there != here:
            raise PublishError(f"{lake}: {table}: {there} of {here} rows arrived; run again")


def _refuse_others(db: DuckDBPyConnection, lake: Lake, mine: Publication) -> None:
    """Look, in what is committed by now, for what others own of ours."""
    fresh = db.cursor()
    known = publications(fresh)
    refuse_strangers(lake, known, mine.folder, mine.sources)
    for one in known:
        if one.publisher == lake.publisher or not one.content_digest:
            continue
        shared = fresh.execute(
            f'SELECT url FROM {LAKE}."{one.publisher}".core_article'  # noqa: S608 - our own names
            " WHERE article_id IN (SELECT article_id FROM copy.core.article) ORDER BY url LIMIT 1"
        ).fetchall()
        for (url,) in shared:
            raise PublishError(
                f"{lake}: {url} is published by {one.publisher!r} already; one page belongs to one"
                " machine: exclude it here and fatiao forget it, or there"
            )
