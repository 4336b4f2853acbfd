"""The file that is published, written row by row: whole, or as what changed since the last one.

An UPDATE would leave the old words in the file's free blocks, readable by anyone; so a whole file
is written anew, from nothing.  Most days, though, bring two thousand articles to a million: then
the file published last is copied, what differs from it is found by rows' hashes, and only that is
deleted and written.  The words of rows that were deleted stay in its free blocks: where any words
of a page are said no more (`forget`, a name that the page itself took back, other rules of
masking), the file is written whole.
"""

import re
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.redact import (
    LONG,
    Omission,
    mask_wanted,
    rows,
    rows_without_long,
    teach,
    unteach,
    words,
)
from warehouse.search_index import META as INDEXED
from warehouse.search_index import extend, fill, is_indexed
from warehouse.store import (
    COMMENTS_SQL,
    STORAGE_VERSION,
    open_warehouse,
    quote_path,
    read_sql,
    transaction,
)

# Where one of these differs, the file cannot be a base; all are in ops.meta.
_BASED_ON: Final = (
    *("schema_version", "schema_digest", "code_digest", "rules_digest", "left_out"),
    INDEXED,
    "archive_edition",  # another one: something was forgotten, or thinned out
)
# Of rows that DuckDB writes as one, and again as soon as one of them is new: by its own 122,880 a
# hundred thousand articles are all written again for one more.
_GROUP: Final = 16_384
# Texts are unpacked by the 2,048, and whether a group of rows has one that is sought is known of it
# as a whole: so that twenty found texts are not looked for in a quarter of a million.
_TEXT_GROUP: Final = 2_048
_MOST_CHANGED: Final = 0.2  # of all versions: then writing all is as quick, and leaves no gaps
# What these say in words of people is lost only when it must be: a page withdrawn or corrected, a
# note taken back.  Others tell of the same texts in other words each day.
_SPEAKING: Final = (
    *("core.article", "core.article_version", "core.part", "core.rejection"),
    *("ops.fetch", "ops.override", "ops.reading"),
)
_KEYS: Final = {"core.signature": ("text_no",)}  # where no constraint tells
_COMMENT: Final = re.compile(
    r"^COMMENT ON (?:VIEW|COLUMN|MACRO TABLE) "
    r"(?:articles|reposts|cited|citations|versions|statute_states|search)[. ].*?;$",
    re.DOTALL | re.MULTILINE,
)

_TEXTS: Final = "core.article_version"

Keys = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A table whose rows are told apart by `keys`, and the temporary tables of what differs."""

    table: str
    keys: str
    stale: str  # keys of rows to delete
    fresh: str  # keys of rows to write


def write_whole(db: DuckDBPyConnection, target: Path, omission: Omission) -> None:
    """Write all that the private file, open in `db` as `fatiao`, publishes to the new `target`."""
    indexed = is_indexed(db)
    with open_warehouse(target) as empty:
        for name in ("columns", "views", *(["search_index"] if indexed else []), "comments"):
            empty.execute(read_sql(f"flat/{name}.sql"))
        empty.execute(_comments_again())
    shutil.rmtree(f"{target}.tmp", ignore_errors=True)  # where it would have spilled
    with _taught(db):
        db.execute(
            "CREATE OR REPLACE TEMP TABLE wanted_version AS"
            " SELECT version_id, rowid AS place FROM fatiao.core.article_version"
        )
        mask_wanted(db, omission)
        with _attached(db, target, _GROUP):
            db.execute("DELETE FROM snapshot.ops.meta")  # a new file has some of it
            _insert(db, [table for table, _ in _tables(db) if table != _TEXTS], omission)
        # Last: a checkpoint puts small groups together until they are as large as it is told.
        with _attached(db, target, _TEXT_GROUP):
            _insert(db, [_TEXTS], omission)
            if indexed:
                fill(db)
                db.execute("CHECKPOINT snapshot")


def write_changes(db: DuckDBPyConnection, target: Path, omission: Omission) -> int | None:
    """Bring `target`, a copy of what was published before, up to the private file.

    Returns of how many versions something was written, or None where the file must be written
    whole instead; `target` is as it was then.
    """
    with _taught(db), _attached(db, target, _TEXT_GROUP):
        if not _can_be_base(db):
            return None
        tables = _tables(db)
        keyed = [_compare(db, table, keys, omission) for table, keys in tables if keys]
        written = _want(db, keyed)
        if _are_words_lost(db, keyed, omission) or written > _MOST_CHANGED * _versions(db):
            return None
        mask_wanted(db, omission)
        with transaction(db):
            for one in keyed:
                _replace_some(db, one, omission)
            for table, keys in tables:
                if not keys:
                    _replace_all(db, table, omission)
            if is_indexed(db):
                extend(db, next(one.fresh for one in keyed if one.table == _TEXTS))
        db.execute("CHECKPOINT snapshot")
    return written


def _insert(db: DuckDBPyConnection, tables: Sequence[str], omission: Omission) -> None:
    with transaction(db):
        for table in tables:
            db.execute(f"INSERT INTO snapshot.{table} BY NAME {rows(table, omission)}")
    db.execute("CHECKPOINT snapshot")


@contextmanager
def _attached(db: DuckDBPyConnection, target: Path, group: int) -> Generator[None]:
    db.execute(
        f"ATTACH {quote_path(target)} AS snapshot"
        f" (STORAGE_VERSION '{STORAGE_VERSION}', ROW_GROUP_SIZE {group})"
    )
    try:
        yield
    finally:
        db.execute("DETACH snapshot")


@contextmanager
def _taught(db: DuckDBPyConnection) -> Generator[None]:
    """Have the functions that the SQL here calls; its temporary tables are gone afterwards."""
    before = _temporary(db)
    teach(db)
    try:
        yield
    finally:
        unteach(db)
        for name in _temporary(db) - before:
            db.execute(f"DROP TABLE temp.{name}")


def _temporary(db: DuckDBPyConnection) -> set[str]:
    found = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'temp'"
    return {str(name) for (name,) in db.execute(found).fetchall()}


def _tables(db: DuckDBPyConnection) -> list[tuple[str, Keys]]:
    found = db.execute(read_sql("redact/tables.sql")).fetchall()
    return [(table, _KEYS.get(table, tuple(keys or ()))) for table, keys in found]


def _can_be_base(db: DuckDBPyConnection) -> bool:
    said = "SELECT key, value FROM {}.ops.meta"
    held, now = (dict(db.execute(said.format(name)).fetchall()) for name in ("snapshot", "fatiao"))
    return all(held.get(key) == now.get(key) for key in _BASED_ON)


def _compare(db: DuckDBPyConnection, table: str, keys: Keys, omission: Omission) -> Difference:
    name, names = table.replace(".", "_"), ", ".join(keys)
    long = f"EXCLUDE ({', '.join(LONG[table])})" if table in LONG else ""
    sides = {
        "held": f"SELECT * {long} FROM snapshot.{table}",  # noqa: S608 - our own names
        "said": _in_order(db, table, rows_without_long(table, omission)),
    }
    for side, sql in sides.items():
        db.execute(
            f"CREATE OR REPLACE TEMP TABLE {side} AS"  # noqa: S608
            f" SELECT {names}, hash(one) AS sum FROM ({sql}) AS one"
        )
    one = Difference(table=table, keys=names, stale=f"stale_{name}", fresh=f"fresh_{name}")
    for made, these, others in ((one.stale, "held", "said"), (one.fresh, "said", "held")):
        db.execute(
            f"CREATE OR REPLACE TEMP TABLE {made} AS"  # noqa: S608
            f" SELECT {names} FROM {these} ANTI JOIN {others} USING ({names}, sum)"
        )
    return one


def _in_order(db: DuckDBPyConnection, table: str, sql: str) -> str:
    """A row's hash is of its values in their order, and of their types."""
    described = db.execute(f"DESCRIBE snapshot.{table}").fetchall()
    cast = [f"{name}::{kind} AS {name}" for name, kind, *_ in described
            if name not in LONG.get(table, ())]  # fmt: skip
    return f"SELECT {', '.join(cast)} FROM ({sql})"  # noqa: S608 - our own names


def _are_words_lost(
    db: DuckDBPyConnection, keyed: Sequence[Difference], omission: Omission
) -> bool:
    return any(_loses_words(db, one, omission) for one in keyed if one.table in _SPEAKING)


def _loses_words(db: DuckDBPyConnection, one: Difference, omission: Omission) -> bool:
    """Whether rows to delete have words that the rows to write have not."""
    names, said = words(one.table, omission, f"SEMI JOIN {one.fresh} USING ({one.keys})")
    held = f"SELECT {names} FROM snapshot.{one.table} SEMI JOIN {one.stale} USING ({one.keys})"  # noqa: S608
    return bool(db.execute(f"({held}) EXCEPT ({said}) LIMIT 1").fetchall())


def _versions(db: DuckDBPyConnection) -> int:
    ((versions,),) = db.execute("SELECT count(*) FROM fatiao.core.article_version").fetchall()
    return int(versions)


def _want(db: DuckDBPyConnection, keyed: Sequence[Difference]) -> int:
    """Note of which versions something is to be written; return how many."""
    fresh = {one.table: one.fresh for one in keyed}
    db.execute(f"""
        CREATE OR REPLACE TEMP TABLE wanted_version AS
        SELECT version_id, rowid AS place
        FROM fatiao.core.article_version
        WHERE version_id IN (
            SELECT version_id FROM {fresh["core.article_version"]}
            UNION
            SELECT c.version_id
            FROM fatiao.core.citation AS c
            SEMI JOIN {fresh["core.citation"]} USING (citation_id)
        )
    """)  # noqa: S608 - our own names
    ((wanted,),) = db.execute("SELECT count(*) FROM wanted_version").fetchall()
    return int(wanted)


def _replace_some(db: DuckDBPyConnection, one: Difference, omission: Omission) -> None:
    table, keys = one.table, one.keys
    if db.execute(f"FROM {one.stale} LIMIT 1").fetchall():
        db.execute(f"DELETE FROM snapshot.{table} WHERE ({keys}) IN (FROM {one.stale})")  # noqa: S608
    if db.execute(f"FROM {one.fresh} LIMIT 1").fetchall():
        said = rows(table, omission, _fresh_of(db, one))
        db.execute(f"INSERT INTO snapshot.{table} BY NAME {said}")


def _fresh_of(db: DuckDBPyConnection, one: Difference) -> str:
    """Return a join that chooses the rows to write; texts by their place, or all would be read."""
    if one.table != _TEXTS:
        return f"SEMI JOIN {one.fresh} USING ({one.keys})"
    db.execute(
        "CREATE OR REPLACE TEMP TABLE fresh_place AS SELECT rowid AS place"  # noqa: S608
        f" FROM fatiao.{_TEXTS} SEMI JOIN {one.fresh} USING ({one.keys})"
    )
    return "SEMI JOIN fresh_place AS p ON p.place = article_version.rowid"


def _replace_all(db: DuckDBPyConnection, table: str, omission: Omission) -> None:
    said = _in_order(db, table, rows(table, omission))
    sums = "SELECT count(*), sum(hash(one)::HUGEINT) FROM ({}) AS one"
    held = db.execute(sums.format(f"FROM snapshot.{table}")).fetchall()
    if held != db.execute(sums.format(said)).fetchall():
        db.execute(f"DELETE FROM snapshot.{table}")  # noqa: S608 - our own names
        db.execute(f"INSERT INTO snapshot.{table} BY NAME {said}")


def _comments_again() -> str:
    """A view or macro made anew has lost its comments."""
    lines = "\n".join(read_sql(name) for name in COMMENTS_SQL)
    return "\n".join(found[0] for found in _COMMENT.finditer(lines))
