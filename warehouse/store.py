"""The DuckDB file: opening it for the build, and opening a published copy for reading.

One process writes at a time (DuckDB locks the file) and an open reader would starve it, so the
live file is private and analysts get copies (`warehouse.publish`).  The SQL stands in
`warehouse/sql/`, never in Python; this module only knows in which order it is run.

>>> with open_warehouse(":memory:") as connection:
...     connection.sql("SELECT source FROM articles").fetchall()
[]
"""

import re
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.resources import files
from os import getpid
from pathlib import Path
from typing import Final

from duckdb import ConnectionException, DuckDBPyConnection, TransactionException, connect

SCHEMA_VERSION: Final = 1
STORAGE_VERSION: Final = "v1.2.0"  # compresses text, half the size; read by DuckDB 1.2 to 2.0
CATALOG: Final = "fatiao"  # macros name it, so the file is attached under it wherever we open it
TIME_ZONE: Final = "Asia/Shanghai"  # dates on Chinese pages are Beijing dates

_IN_MEMORY: Final = ":memory:"
# A checkpoint writes every key of the tables it touches again; at DuckDB's own 16 MB nearly each
# batch had one, which cost half of all loading at a million articles.
_LOG_SIZE: Final = "256MB"
# What DuckDB may take: it asks for 80 % of the machine by itself, and beside it there are a crawl,
# workers that clean pages, and other people's programs.
_MOST_MEMORY: Final = 4e9  # bytes
_DEFAULT_SHARE: Final = 0.5 / 0.8  # of DuckDB's own bound, which is 80 % of the memory there is
_UNITS: Final = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
# Data: another digest needs another build.
_TABLES_SQL: Final = ("schema.sql", "dedup.sql", "overrides.sql")
COMMENTS_SQL: Final = (
    "comments.sql",
    "override_comments.sql",
    "part_comments.sql",
    "cited_comments.sql",
)
# Code: made again when it changed.
CODE_SQL: Final = (
    "views.sql",
    "passages.sql",
    "clusters.sql",
    "macros.sql",
    *COMMENTS_SQL,
)


class SchemaMismatchError(RuntimeError):
    """The file was built under another schema; `fatiao build --rebuild` makes it again."""


@contextmanager
def open_warehouse(path: Path | str, memory: str | None = None) -> Generator[DuckDBPyConnection]:
    """Open the private file at `path` for writing, creating it where there is none.

    DuckDB takes at most `memory`, such as "2GB"; by default half of the machine's and at most
    4 GB.  What does not fit is put into a folder beside the file, and is gone afterwards.  The
    connection's current catalog is `fatiao`; `":memory:"` gives one that is thrown away.
    A block left by an exception leaves its last committed transaction, no more.

    Raises:
        SchemaMismatchError: the file has other tables; its message names the mend.
        duckdb.IOException: another process has the file open, or it is no DuckDB file.
    """
    with connect(config={"python_enable_replacements": False}) as connection:
        if str(path) != _IN_MEMORY:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            _set(connection, "temp_directory", f"{path}.tmp")
        _set(connection, "memory_limit", memory or _usual_memory(connection))
        # Neither ATTACH nor SET takes parameters; the path is the caller's, and quoted.
        connection.execute(
            f"ATTACH {quote_path(path)} AS {CATALOG} (STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute(f"USE {CATALOG}")
        _set(connection, "TimeZone", TIME_ZONE)
        _set(connection, "checkpoint_threshold", _LOG_SIZE)
        _ensure_tables(connection, path)
        _ensure_code(connection)
        # What DuckDB 1.5.5 checkpoints on closing after a commit that the disk refused reads well
        # and loses rows of the next transaction; the log left as it is does not.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        yield connection
        with suppress(ConnectionException):  # whoever asked for it has closed it already
            connection.execute(f"CHECKPOINT {CATALOG}")


def open_published(path: Path) -> DuckDBPyConnection:
    """Open the published file at `path` for people's own SQL: read-only, and nothing else.

    Statements can neither read nor write other files, attach, load extensions nor change
    settings.  Fetch results whole (`fetchall`): from DuckDB 2 on an unread result blocks.

    Raises:
        duckdb.IOException: there is no such file, or it is no DuckDB file.
    """
    connection = connect(config={"python_enable_replacements": False})
    try:
        # Where a large sort may spill; DuckDB makes the folder when needed and removes it.
        _set(connection, "temp_directory", f"{tempfile.gettempdir()}/fatiao-{getpid()}")
        connection.execute(f"ATTACH {quote_path(path)} AS {CATALOG} (READ_ONLY)")
        connection.execute(f"USE {CATALOG}")
        _set(connection, "TimeZone", TIME_ZONE)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def open_for_export(path: Path) -> Generator[DuckDBPyConnection]:
    """Open the published file at `path`, read-only, for COPY statements of our own.

    Raises:
        duckdb.IOException: there is no such file, or it is no DuckDB file.
    """
    with connect(config={"python_enable_replacements": False}) as connection:
        connection.execute(f"ATTACH {quote_path(path)} AS {CATALOG} (READ_ONLY)")
        connection.execute(f"USE {CATALOG}")
        _set(connection, "TimeZone", TIME_ZONE)
        yield connection


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Generator[None]:
    """Commit all that the block did or, if it raises, none of it."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def one_thread(connection: DuckDBPyConnection) -> Generator[None]:
    """Let DuckDB do with one thread what the block asks of it, many short statements.

    Those that wait for the next one do so spinning: with two of them grouping 20,000 texts took a
    tenth more CPU time (`python -m tests.bench.dedup 20000`).
    """
    ((threads,),) = connection.execute("SELECT current_setting('threads')").fetchall()
    connection.execute("SET threads = 1")
    try:
        yield
    finally:
        with suppress(TransactionException):  # the block's own error ended the transaction
            connection.execute(f"SET threads = {threads}")


def write_meta(connection: DuckDBPyConnection, values: Mapping[str, str]) -> None:
    """Keep `values` in ops.meta, from where the view `about` shows them.

    Keys it shows: built_at, published_at (ISO 8601), code_version, registry_version, run_id.
    """
    for key, value in values.items():
        connection.execute("INSERT OR REPLACE INTO ops.meta VALUES (?, ?)", [key, value])


def read_meta(connection: DuckDBPyConnection) -> dict[str, str]:
    """Return what ops.meta holds, by key."""
    rows = connection.execute("SELECT key, value FROM fatiao.ops.meta").fetchall()
    return {str(key): str(value) for key, value in rows}


def read_sql(name: str) -> str:
    """Return the SQL file `name` of `warehouse/sql/`, such as `checks/verdicts.sql`."""
    return files("warehouse").joinpath("sql", *name.split("/")).read_text(encoding="utf-8")


def list_sql(folder: str) -> list[str]:
    """Return the stems of the SQL files in `warehouse/sql/{folder}/`, sorted."""
    entries = files("warehouse").joinpath("sql", folder).iterdir()
    return sorted(entry.name[:-4] for entry in entries if entry.name.endswith(".sql"))


def tables_digest() -> str:
    """Return 12 hex digits that change whenever the tables' SQL does, its comments apart."""
    sql = "\n".join(read_sql(name) for name in _TABLES_SQL)
    return _digest(re.sub(r"--[^\n]*", "", sql))


def _usual_memory(connection: DuckDBPyConnection) -> str:
    ((said,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = said.split()
    most = min(_MOST_MEMORY, float(number) * _UNITS.get(unit, 1) * _DEFAULT_SHARE)
    return f"{most / 1e6:.0f}MB"


def _ensure_tables(connection: DuckDBPyConnection, path: Path | str) -> None:
    is_new = not connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = ?", [CATALOG]
    ).fetchall()
    if is_new:
        with transaction(connection):
            for name in _TABLES_SQL:
                connection.execute(read_sql(name))
            versions = {"schema_version": str(SCHEMA_VERSION), "schema_digest": tables_digest()}
            write_meta(connection, versions)
        return
    tables = _table_names(connection)
    meta = read_meta(connection) if ("ops", "meta") in tables else {}
    found = (meta.get("schema_version"), meta.get("schema_digest"))
    if found != (str(SCHEMA_VERSION), tables_digest()):
        raise SchemaMismatchError(
            f"{path}: was built with other tables (schema {found[0]}, now {SCHEMA_VERSION});"
            " run: fatiao build --rebuild"
        )


def _ensure_code(connection: DuckDBPyConnection) -> None:
    statements = [read_sql(name) for name in CODE_SQL]
    published = [read_sql(f"flat/{name}.sql") for name in list_sql("flat")]
    digest = _digest("\n".join(statements + published))
    if read_meta(connection).get("code_digest") == digest:
        return
    with transaction(connection):
        for statement in statements:
            connection.execute(statement)
        write_meta(connection, {"code_digest": digest})


def _table_names(connection: DuckDBPyConnection) -> set[tuple[str, str]]:
    rows = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ?", [CATALOG]
    ).fetchall()
    return {(str(schema), str(table)) for schema, table in rows}


def _digest(sql: str) -> str:
    return sha256(" ".join(sql.split()).encode()).hexdigest()[:12]


def _set(connection: DuckDBPyConnection, option: str, value: str) -> None:
    connection.execute(f"SET {option} = {quote_path(value)}")


def quote_path(value: Path | str) -> str:
    """Return `value` as an SQL text, for the statements that take no parameters."""
    return "'" + str(value).replace("'", "''") + "'"
