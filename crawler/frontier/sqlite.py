"""The frontier in a file: SQLite in WAL mode.

One process writes (it holds the project lock), others may read at any time.
"""

import sqlite3
from pathlib import Path
from typing import Final

from crawler.frontier.schema import SCHEMA_VERSION, check_version, script_of
from crawler.frontier.trouble import FrontierError

BUSY_SECONDS: Final = 30.0  # a reader's longest wait for a checkpoint of the writer


def connect(path: Path) -> sqlite3.Connection:
    """Open the file at `path` for writing, creating it where there is none.

    Raises:
        FrontierError: it was made by a later version, or is no frontier.
    """
    if str(path) != ":memory:":
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _ensure_schema(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise FrontierError(f"{path}: {error}") from error
    except FrontierError:
        connection.close()
        raise
    return connection


def connect_readonly(path: Path) -> sqlite3.Connection:
    """Open the file at `path` for reading, also while a crawl is writing.

    Raises:
        FrontierError: there is none, or it was made by another version.
    """
    if not path.exists():
        raise FrontierError(f"{path}: nothing has been crawled yet")
    # Not mode=ro: a reader of a WAL file needs to make its shared-memory file.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    try:
        check_version(_version(connection), path)
    except (sqlite3.DatabaseError, FrontierError) as error:
        connection.close()
        raise FrontierError(str(error)) from error
    return connection


def _ensure_schema(connection: sqlite3.Connection, path: Path) -> None:
    for version in range(_version(connection) + 1, SCHEMA_VERSION + 1):
        # One script in one transaction: a kill leaves either no table or all of them.
        connection.executescript(
            f"BEGIN;\n{script_of(version)}\nPRAGMA user_version = {version};\nCOMMIT;"
        )
    check_version(_version(connection), path)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
