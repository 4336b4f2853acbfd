"""Connections to Postgres: how they are made, the tables they find, and their errors as ours.

Statements are SQLite's (`crawler.frontier.dialect` says what is changed on the way).

Needs the extra fatiao[postgres].
"""

import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any, Final

from crawler.frontier.connection import Cursor
from crawler.frontier.dialect import schema_to_postgres, to_postgres
from crawler.frontier.place import Dsn
from crawler.frontier.schema import SCHEMA_VERSION, check_version, read_sql, script_of
from crawler.frontier.trouble import FrontierAwayError, FrontierError, LeaseLostError

try:
    import psycopg
    from psycopg.adapt import Loader
    from psycopg.pq import TransactionStatus
    from psycopg.types.numeric import Int8Dumper
    from psycopg.types.string import StrDumperUnknown
except ImportError as error:  # pragma: no cover - of an installation without the extra
    raise FrontierError(
        "frontier = postgres://… needs one more package: pip install 'fatiao[postgres]'"
    ) from error

SCHEMA: Final = "fatiao"  # of the database; what else is in it is not touched
CONNECT_SECONDS: Final = 10
IDLE_SECONDS: Final = 30.0  # in which a stopped worker keeps its rows locked; less than a lease
LOCK_SECONDS: Final = 90.0  # longest wait for another's rows: a batch takes one

_OPENING: Final = 1  # advisory locks of ours, under _LOCKS: making the schema
_LOCKS: Final = 7161
_LOST: Final = "FT001"  # raised by seal() in postgres.sql


class _Text(StrDumperUnknown):
    """Text without NUL, which Postgres does not keep and pages hold."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\0", "") if "\0" in obj else obj)


class _Number(Loader):
    """Sums are integers, as in SQLite."""

    def load(self, data: Any) -> int | float:
        text = bytes(data)
        return int(text) if text.lstrip(b"-").isdigit() else float(text)


class PostgresConnection:
    """A connection as `crawler.frontier.connection.Connection` has it."""

    def __init__(self, raw: "psycopg.Connection[Any]", dsn: Dsn) -> None:
        self.raw = raw
        self._dsn = dsn

    @property
    def in_transaction(self) -> bool:
        """Whether one is open, failed ones included."""
        return self.raw.info.transaction_status not in _NONE_OPEN

    def execute(self, sql: str, values: Any = (), /) -> Cursor:
        """Run one statement of SQLite's.

        Raises:
            FrontierAwayError: the connection is gone.
        """
        with _naming(self._dsn):
            return self.raw.execute(to_postgres(sql).encode(), values)

    def executemany(self, sql: str, values: Iterable[Any], /) -> None:
        """Run one statement for each of `values`."""
        with _naming(self._dsn):
            self.raw.cursor().executemany(to_postgres(sql).encode(), list(values))

    def script(self, sql: str) -> None:
        """Run statements of Postgres's own as one message: all of it arrives, or nothing."""
        with _naming(self._dsn):
            self.raw.execute(sql.encode())

    def copy(self, table: str, columns: Iterable[str], rows: Iterable[Any]) -> None:
        """Append `rows` to a table, in the open transaction; quicker than statements."""
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f'COPY "{table}" ({names}) FROM STDIN'
        with _naming(self._dsn), self.raw.cursor().copy(sql.encode()) as out:
            for row in rows:
                out.write_row(row)

    def close(self) -> None:
        """Close it; the server undoes what was not committed."""
        self.raw.close()


def connect(dsn: Dsn) -> PostgresConnection:
    """Connect for writing, making the tables where there are none.

    Raises:
        FrontierError: it was made by a later version.
        FrontierAwayError: it cannot be reached.
    """
    connection = _connect(dsn, "")
    try:
        _ensure_schema(connection, dsn)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_readonly(dsn: Dsn) -> PostgresConnection:
    """Connect for reading.

    Raises:
        FrontierError: there is none, or it was made by a later version.
        FrontierAwayError: it cannot be reached.
    """
    connection = _connect(dsn, " -c default_transaction_read_only=on")
    try:
        version = _version(connection)
        if not version:
            raise FrontierError(f"{dsn}: nothing has been crawled yet")
        check_version(version, dsn)
    except BaseException:
        connection.close()
        raise
    return connection


def is_there(dsn: Dsn) -> bool:
    """Return whether there is a frontier in that database."""
    connection = _connect(dsn, " -c default_transaction_read_only=on")
    try:
        return _version(connection) > 0
    finally:
        connection.close()


def _connect(dsn: Dsn, options: str) -> PostgresConnection:
    options = (
        f"-c search_path={SCHEMA} -c lock_timeout={LOCK_SECONDS}s"
        f" -c idle_in_transaction_session_timeout={IDLE_SECONDS}s{options}"
    )
    with _naming(dsn), _readable(dsn):
        raw = psycopg.connect(
            dsn.url,
            autocommit=True,
            options=options,
            application_name="fatiao",
            connect_timeout=CONNECT_SECONDS,
            # A machine that is cut off learns of it within a minute, not in hours.
            keepalives_idle=20,
            keepalives_interval=10,
            keepalives_count=3,
            tcp_user_timeout=60_000,
        )
    raw.prepared_max = 500
    raw.adapters.register_dumper(str, _Text)
    raw.adapters.register_dumper(int, Int8Dumper)  # else each size of number is another statement
    raw.adapters.register_loader("numeric", _Number)
    return PostgresConnection(raw, dsn)


def _version(connection: PostgresConnection) -> int:
    (there,) = connection.execute(
        "SELECT to_regclass(?) IS NOT NULL", (f"{SCHEMA}.version",)
    ).fetchone()
    if not there:
        return 0
    return int(connection.execute("SELECT coalesce(max(version), 0) FROM version").fetchone()[0])


def _ensure_schema(connection: PostgresConnection, dsn: Dsn) -> None:
    version = _version(connection)
    if version < SCHEMA_VERSION:
        _migrate(connection)
        version = _version(connection)
    check_version(version, dsn)


def _migrate(connection: PostgresConnection) -> None:
    """Make or bring up the tables; whoever else begins at the same time waits, and finds them."""
    # Before BEGIN: within a transaction the server would still remember that there was no table.
    connection.execute("SELECT pg_advisory_lock(?::int, ?::int)", (_LOCKS, _OPENING))
    connection.execute("BEGIN")
    made_by = _version(connection)
    for version in range(made_by + 1, SCHEMA_VERSION + 1):
        if version == 1:
            connection.script(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            connection.script("CREATE TABLE version (version BIGINT PRIMARY KEY)")
        connection.script(schema_to_postgres(script_of(version)))
        connection.execute("INSERT INTO version VALUES (?)", (version,))
    if not made_by:
        connection.script(schema_to_postgres(read_sql("verdicts.sql")))
        connection.script(read_sql("postgres.sql"))
    connection.execute("COMMIT")
    connection.execute("SELECT pg_advisory_unlock(?::int, ?::int)", (_LOCKS, _OPENING))


@contextmanager
def _readable(dsn: Dsn) -> Generator[None]:
    """Let a URL that libpq cannot read be no mistake of ours."""
    try:
        yield
    except (psycopg.ProgrammingError, ValueError) as error:
        raise FrontierError(f"{dsn}: {dsn.without_secrets(str(error))}") from None


@contextmanager
def _naming(dsn: Dsn) -> Generator[None]:
    """Turn Postgres's errors that are no mistake in our SQL into ours."""
    try:
        yield
    except psycopg.Error as error:
        if isinstance(error, _MISTAKES) and error.sqlstate not in _REFUSED:
            raise
        raise _trouble_of(dsn, error) from None  # its own text may hold the password


def _trouble_of(dsn: Dsn, error: "psycopg.Error") -> FrontierError:
    words = dsn.without_secrets(str(error))
    if error.sqlstate == _LOST:
        return LeaseLostError(
            f"{dsn}: {words}: this worker was stopped for too long, and others went on with its"
            " sources; what it had not committed is undone, run again"
        )
    if error.sqlstate in _REFUSED or _SAYS_REFUSED.search(words):
        return FrontierError(f"{dsn}: {words}")
    return FrontierAwayError(f"{dsn}: {words}; run again, what was committed is whole")


_NONE_OPEN: Final = frozenset({TransactionStatus.IDLE, TransactionStatus.UNKNOWN})
_MISTAKES: Final = (
    psycopg.errors.ProgrammingError,
    psycopg.errors.DataError,
    psycopg.errors.IntegrityError,
)
# Wrong password or user, no such database, no right, disk full, read-only: no matter of waiting.
_REFUSED: Final = frozenset({"28P01", "28000", "3D000", "42501", "53100", "25006"})
# Of a connection that was not made, only the words are known.
_SAYS_REFUSED: Final = re.compile(
    r"authentication failed|no password supplied|does not exist|no pg_hba.conf entry|permission"
    r" denied for|invalid (?:URI|connection option|port|sslmode)"
)
