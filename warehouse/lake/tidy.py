"""What a lake keeps: the last snapshots, and no file that none of them names.

DuckLake removes nothing by itself.  A file that no snapshot names any more stays for an hour, for
the question that is just being answered; after something was forgotten, for no time.
"""

from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.bucket import Bucket
from crawler.lake import Lake
from warehouse.lake.connect import LAKE, locked, open_lake, persistently, snapshots

GRACE_HOURS: Final = 1


def expire(connection: DuckDBPyConnection, kept: int) -> None:
    """Drop all snapshots but the last `kept`, and files that were dropped an hour ago."""
    _expire(connection, kept)
    connection.execute(
        f"CALL ducklake_cleanup_old_files('{LAKE}',"
        f" older_than => now() - INTERVAL {GRACE_HOURS} HOUR)"
    )


def purge(lake: Lake) -> None:
    """Leave nothing but what is public now; a question asked of what was may fail.

    Raises:
        LakeError: the lake cannot be reached or written.
    """

    def work() -> None:
        with open_lake(lake) as connection, locked(connection):
            clear_orphans(connection, lake)
            _expire(connection, 1)
            connection.execute(f"CALL ducklake_cleanup_old_files('{LAKE}', cleanup_all => true)")

    persistently(lake, work)


def unnamed(lake: Lake) -> int:
    """Return how many files of our own the lake holds that no snapshot names.

    Raises:
        LakeError: the lake cannot be reached.
    """

    def work() -> int:
        with open_lake(lake) as connection:
            return len(_orphans(connection, lake))

    return persistently(lake, work)


def clear_orphans(connection: DuckDBPyConnection, lake: Lake) -> None:
    """Remove the files of our own that no snapshot names: a killed delivery left them.

    Others' may be being written; ours not, as the caller has the project's lock.
    """
    for name in _orphans(connection, lake):
        if isinstance(lake.files, Bucket):
            lake.files.remove(name.removeprefix(f"{lake.files}/"))
        else:
            Path(name).unlink(missing_ok=True)


def _orphans(connection: DuckDBPyConnection, lake: Lake) -> list[str]:
    rows = connection.execute(
        f"CALL ducklake_delete_orphaned_files('{LAKE}', cleanup_all => true, dry_run => true)"
    ).fetchall()
    names = [str(name) for (name,) in rows]
    if isinstance(lake.files, Bucket):
        return [name for name in names if name.startswith(f"{lake.files}/{lake.publisher}/")]
    ours = (lake.files / lake.publisher).resolve()
    return [name for name in names if Path(name).resolve().is_relative_to(ours)]


def _expire(connection: DuckDBPyConnection, kept: int) -> None:
    old = snapshots(connection)[kept:]
    if old:
        connection.execute(f"CALL ducklake_expire_snapshots('{LAKE}', versions => {old})")
