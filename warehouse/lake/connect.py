"""Connections to a lake: DuckDB's two extensions, the catalog in Postgres, the one lock, retries.

The extensions come as wheels (`pip install 'fatiao[ducklake]'`) and are loaded from there, never
from the network.
"""

import random
import re
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from importlib.resources import files
from os import getpid
from typing import Final, TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from crawler.lake import Lake
from warehouse.exits import PublishError
from warehouse.lake.store import EXTENSION, is_in_store, secret
from warehouse.store import TIME_ZONE, quote_path

LAKE: Final = "lake"  # the catalog's name in our connections
ATTEMPTS: Final = 5
PAUSE: Final = 0.5  # seconds, doubled after each attempt: 8 in all, longer than a restart
LOCK_SECONDS: Final = 300  # another's commit and its tidying take seconds

_EXTENSIONS: Final = ("postgres_scanner", "ducklake")
_LOCK_KEY: Final = 0x6661_7469_616F  # "fatiao"
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
_PASSING: Final = re.compile(
    r"conflict|connect|timed? ?out|HTTP (?:500|502|503|504)"
    r"|server closed|shutting down|starting up|terminat|serialize|deadlock"
    r"|already exists|duplicate key",  # two that make the catalog at once
    re.IGNORECASE,
)
_LASTING: Final = re.compile(r"authentication|no pg_hba|no password|does not exist|permission")
_NO_FILE: Final = re.compile(r"No such file|No files found|HTTP 404|NoSuchKey|404 \(Not Found\)")
_NO_LAKE: Final = "creating a new DuckLake is explicitly disabled"
_FRAME: Final = re.compile(r'^.*?Unable to connect to Postgres at "[^"]*": ', re.DOTALL)

T = TypeVar("T")


class LakeError(PublishError):
    """The lake cannot be reached or written; what was published before still is."""


@contextmanager
def open_lake(lake: Lake) -> Generator[DuckDBPyConnection]:
    """Open `lake` for writing, as the catalog `lake`, making it where there is none.

    Raises:
        LakeError: an extension is missing or of another version.
        duckdb.Error: Postgres or the folder cannot be reached.
    """
    with duckdb.connect(config=_CONFIG) as connection:
        _prepare(connection, lake)
        password = ", SECRET catalog" if lake.password else ""
        connection.execute(
            f"ATTACH {quote_path(lake.conninfo)} AS postgres (TYPE postgres, READ_ONLY{password})"
        )
        with locked(connection):
            _attach(connection, lake, "")
        yield connection


def connect_to_read(lake: Lake) -> DuckDBPyConnection:
    """Open `lake` for reading, as the catalog `lake`.

    Raises:
        LakeError: there is none yet, or an extension is missing.
        duckdb.Error: Postgres or the folder cannot be reached.
    """
    connection = duckdb.connect(config=_CONFIG)
    try:
        _prepare(connection, lake)
        _attach(connection, lake, ", READ_ONLY")
    except BaseException as error:
        connection.close()
        if isinstance(error, duckdb.Error) and _NO_LAKE in str(error):
            raise nothing_yet(lake) from None
        raise
    return connection


def nothing_yet(lake: Lake) -> LakeError:
    """Return the error for a lake that nobody has published into."""
    return LakeError(f"{lake}: nothing has been published yet; run: fatiao run")


@contextmanager
def locked(connection: DuckDBPyConnection) -> Generator[None]:
    """Hold the one lock of the lake's database; the server frees it when its holder dies."""
    holder = connection.cursor()
    try:
        holder.begin()
        for sql in (
            f"SELECT set_config('lock_timeout', '{LOCK_SECONDS}s', true)",
            f"SELECT pg_advisory_xact_lock({_LOCK_KEY})::text",
        ):
            holder.execute("SELECT * FROM postgres_query('postgres', ?)", [sql]).fetchall()
        yield
    finally:
        with suppress(duckdb.Error):  # it is gone, and its lock with it
            holder.rollback()
        holder.close()


def persistently(lake: Lake, work: Callable[[], T]) -> T:
    """Return what `work` returns, tried again while what stops it may pass, a few times.

    Raises:
        LakeError: it did not pass; one line says what it was, without a password.
    """
    pause = PAUSE
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return work()
        except duckdb.Error as error:
            words = _words(error, lake)
            if _NO_FILE.search(words):  # another's, as the catalog has it
                words += "; files = must be the same folder for all who publish into this catalog"
            if _LASTING.search(words) or not _PASSING.search(words):
                raise LakeError(f"{lake}: {words}; nothing was changed there") from None
            if attempt == ATTEMPTS:
                tried = f"tried {ATTEMPTS} times; what was published stays, run again"
                raise LakeError(f"{lake}: {words}; {tried}") from None
        # Those that met here should not meet again.
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
        pause *= 2
    raise AssertionError


def snapshots(connection: DuckDBPyConnection) -> list[int]:
    """Return the numbers of the lake's snapshots, the latest first."""
    rows = connection.execute(
        f"SELECT snapshot_id FROM {LAKE}.snapshots() ORDER BY 1 DESC"  # noqa: S608 - our own name
    ).fetchall()
    return [int(number) for (number,) in rows]


def load_statements(lake: Lake) -> list[str]:
    """Return the statements that load DuckDB's extensions for `lake` from their wheels.

    Raises:
        LakeError: one is missing or of another version.
    """
    names = (*_EXTENSIONS, EXTENSION) if is_in_store(lake) else _EXTENSIONS
    return [f"LOAD {quote_path(_extension(name))}" for name in names]


def _extension(name: str) -> str:
    release = f"v{duckdb.__version__}"
    mend = "install all anew: pip install 'fatiao[ducklake]'"
    try:
        folder = files(f"duckdb_extension_{name}").joinpath("extensions")
    except ModuleNotFoundError:
        raise LakeError(f"DuckDB's extension {name} is not installed; {mend}") from None
    path = folder.joinpath(release, f"{name}.duckdb_extension")
    if not path.is_file():
        raise LakeError(f"DuckDB's extension {name} is not the one for DuckDB {release}; {mend}")
    return str(path)


def _prepare(connection: DuckDBPyConnection, lake: Lake) -> None:
    try:
        statements = [*load_statements(lake), *secret(lake)]
    except ImportError:
        raise LakeError(f"{lake.files}: needs one more: pip install 'fatiao[s3]'") from None
    for statement in statements:
        connection.execute(statement)
    # Here, not in the place: that is shown in error messages and by duckdb_databases().
    if lake.password:
        connection.execute(
            f"CREATE SECRET catalog (TYPE postgres, PASSWORD {quote_path(lake.password)})"
        )
    spill = f"{tempfile.gettempdir()}/fatiao-{getpid()}"
    for option, value in (("temp_directory", spill), ("TimeZone", TIME_ZONE)):
        connection.execute(f"SET {option} = {quote_path(value)}")


def _attach(connection: DuckDBPyConnection, lake: Lake, mode: str) -> None:
    password = ", META_SECRET 'catalog'" if lake.password else ""
    # Small tables would be kept in Postgres otherwise, where forgetting does not reach; and each
    # machine may have the folder under another path.
    options = "DATA_INLINING_ROW_LIMIT 0, OVERRIDE_DATA_PATH true"
    connection.execute(
        f"ATTACH {quote_path(f'ducklake:postgres:{lake.conninfo}')} AS {LAKE}"
        f" (DATA_PATH {quote_path(str(lake.files))}, {options}{password}{mode})"
    )


def _words(error: duckdb.Error, lake: Lake) -> str:
    """Return the first sentence of what is wrong, without a password."""
    text = _FRAME.sub("", str(error))
    if lake.password:
        text = text.replace(lake.password, "***")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # The cause comes last where several lines wrap it.
    told = lines if len(lines) < 3 else [lines[0], lines[-1]]
    return " ".join(told)
