"""A lake as analysts see it: the views and macros of the published file, over all publishers' rows.

DuckLake keeps neither macros with optional arguments nor comments on a view's columns, so both are
made in memory, in a catalog `fatiao` of the connection that asks; the lake holds tables only.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.lake import Lake
from warehouse.lake.connect import LAKE, connect_to_read, load_statements, nothing_yet, persistently
from warehouse.lake.register import Publication, publications
from warehouse.lake.store import is_in_store
from warehouse.store import (
    CATALOG,
    CODE_SQL,
    COMMENTS_SQL,
    quote_path,
    read_sql,
    transaction,
)

# What all machines have alike: the row of the last to publish counts.
_ALIKE: Final[Mapping[str, str]] = {
    "core_source": "source",
    "core_statute": "statute_id",
    "core_statute_version": "statute_id",
    "core_statute_alias": "statute_id",
    "core_statute_state": "statute_id",
}
_META: Final = "ops_meta"
_SPELLED: Final = {"core_repost": "fetch_lag"}  # an interval, written in words in a lake
_ON_TABLE: Final = re.compile(r"^COMMENT ON TABLE ", re.MULTILINE)


def open_for_questions(lake: Lake) -> DuckDBPyConnection:
    """Open `lake` for people's own SQL: read-only, and nothing else; as `store.open_published`.

    Raises:
        LakeError: it cannot be reached, or nothing has been published into it.
    """
    connection = _open(lake, lambda _: True)
    folder = quote_path(f"{lake.files}/")
    connection.execute(f"SET allowed_directories = [{folder}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def open_own(lake: Lake) -> DuckDBPyConnection:
    """Open `lake` for statements of our own, as if nobody else had published into it.

    Raises:
        LakeError: it cannot be reached, or we have published nothing into it.
    """
    return _open(lake, lambda one: one.publisher == lake.publisher)


def open_to_copy(lake: Lake) -> DuckDBPyConnection:
    """Open all of `lake` for statements of our own that write files; as `store.open_for_export`.

    Raises:
        LakeError: it cannot be reached, or nothing has been published into it.
    """
    return _open(lake, lambda _: True)


def word_columns(connection: DuckDBPyConnection, lake: Lake) -> list[tuple[str, str]]:
    """Return our tables and their columns of words."""
    return connection.execute(
        read_sql("lake/text_columns.sql"), {"publisher": lake.publisher}
    ).fetchall()


def _open(lake: Lake, whose: Callable[[Publication], bool]) -> DuckDBPyConnection:
    def work() -> DuckDBPyConnection:
        connection = connect_to_read(lake)
        try:
            with transaction(connection):  # or Postgres is asked anew for each statement
                for statement in list(_statements(connection, lake, whose)):
                    connection.execute(statement)
            connection.execute(f"USE {CATALOG}")
        except BaseException:
            connection.close()
            raise
        return connection

    return persistently(lake, work)


def attach_script(lake: Lake) -> str:
    """Return the SQL that makes any DuckDB of this version see `lake` as fatiao does."""
    with persistently(lake, lambda: connect_to_read(lake)) as connection:
        statements = list(_statements(connection, lake, lambda _: True))
    attach = (
        f"ATTACH {quote_path(f'ducklake:postgres:{lake.conninfo}')} AS {LAKE}"
        f" (DATA_PATH {quote_path(str(lake.files))}, OVERRIDE_DATA_PATH true, READ_ONLY)"
    )
    last = f"USE {CATALOG}"
    lines = [
        *load_statements(lake),
        *_wanted(lake),
        attach,
        "SET TimeZone = 'Asia/Shanghai'",
        *statements,
        last,
    ]
    return "".join(f"{line.rstrip().removesuffix(';')};\n" for line in lines)


def _wanted(lake: Lake) -> list[str]:
    """Return what whoever runs the script has to add: no key of ours is in it."""
    scope = quote_path(str(lake.files))
    mend = f"-- CREATE SECRET (TYPE s3, SCOPE {scope}, KEY_ID …, SECRET …, REGION …)"
    return [mend] if is_in_store(lake) else []


def _statements(
    connection: DuckDBPyConnection, lake: Lake, whose: Callable[[Publication], bool]
) -> Iterator[str]:
    known = [one for one in publications(connection) if one.content_digest and whose(one)]
    if not known:
        raise nothing_yet(lake)
    yield f"ATTACH ':memory:' AS {CATALOG}"
    yield f"USE {CATALOG}"
    yield "CREATE SCHEMA core"
    yield "CREATE SCHEMA ops"
    for table, columns in _tables(connection, known).items():
        yield _view_of(table, columns, known)
    comments = [name for name in CODE_SQL if name in COMMENTS_SQL]
    views = [name for name in CODE_SQL if name not in COMMENTS_SQL]
    for name in (*views, "flat/views.sql", *comments, "flat/comments.sql"):
        yield _ON_TABLE.sub("COMMENT ON VIEW ", read_sql(name))


def _tables(connection: DuckDBPyConnection, known: list[Publication]) -> dict[str, list[str]]:
    """Return the schemas that have a table, for each table."""
    rows = connection.execute(
        "SELECT table_name, schema_name FROM duckdb_tables()"
        " WHERE database_name = ? AND table_name <> 'publication' ORDER BY ALL",
        [LAKE],
    ).fetchall()
    found = defaultdict(list)
    names = {one.publisher for one in known}
    for table, schema in rows:
        if schema in names:
            found[str(table)].append(str(schema))
    return dict(found)


def _view_of(table: str, schemas: list[str], known: list[Publication]) -> str:
    """Return the statement that makes one table of all publishers' (all names are our own)."""
    ranks = {one.publisher: rank for rank, one in enumerate(known)}  # the last to publish first
    rows = " UNION ALL BY NAME ".join(
        f'SELECT *, {ranks[name]} AS publisher_rank FROM {LAKE}."{name}".{table}'  # noqa: S608
        for name in sorted(schemas, key=lambda name: ranks[name])
    )
    if table == _META:
        query = f"""
            WITH said AS ({rows})
            SELECT key, value FROM said WHERE publisher_rank = 0 AND key <> 'left_out'
            UNION ALL
            SELECT key, string_agg(DISTINCT value, ' | ') FROM said
            WHERE key = 'left_out' GROUP BY key"""  # noqa: S608
    else:
        name = _SPELLED.get(table)
        read = f"REPLACE ({name}::INTERVAL AS {name})" if name else ""
        query = f"SELECT * EXCLUDE (publisher_rank) {read} FROM ({rows})"  # noqa: S608
    if table in _ALIKE and len(schemas) > 1:
        key = _ALIKE[table]
        query += f" QUALIFY publisher_rank = min(publisher_rank) OVER (PARTITION BY {key})"
    schema, _, name = table.partition("_")
    return f"CREATE VIEW {CATALOG}.{schema}.{name} AS {query}"
