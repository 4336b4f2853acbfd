"""Whether the next publication is written whole, or starts from a copy of the last one.

>>> Since(publications=3, versions=4_000).after(2_100)
Since(publications=4, versions=6100)
"""

import errno
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection

from warehouse.exits import PublishError
from warehouse.flat import write_changes, write_whole
from warehouse.redact import Omission

# Versions of articles: with fewer a whole file is soon written, and has no gaps.  Publishing 80
# articles more on 10,000 took 5.6 seconds of CPU so, for 60 MB; with 0 here it took 3.9, for 98.
#   python -m tests.bench.warehouse daily --more 80 --articles 10000 --keep FOLDER
FEWEST: Final = 50_000
MOST_PUBLICATIONS: Final = 30  # from one whole file: a month of days
MOST_GAPS: Final = 0.2  # of all versions, written since: each may have left a gap in the file

_NO_SPACE: Final = os.strerror(errno.ENOSPC)
# A clone takes no time and no space where the file system can (btrfs, XFS, APFS).
_COPY_COMMANDS: Final = (("cp", "--reflink=auto"), ("cp", "-c"), ("cp",))


@dataclass(frozen=True, slots=True)
class Since:
    """What was written into a published file since it was last written whole."""

    publications: int = 0
    versions: int = 0  # of articles, something of which was written anew

    def after(self, versions: int) -> "Since":
        """Return what it is after one more publication that wrote so many versions."""
        return Since(self.publications + 1, self.versions + versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A published file, and what its manifest says."""

    file: Path
    manifest: Mapping[str, Any]


def write_database(
    db: DuckDBPyConnection, target: Path, omission: Omission, base: Base | None
) -> Since:
    """Write the published file `target` of the private one that `db` has open.

    It is built on `base` where there is one, and it fits.

    Raises:
        PublishError: the base cannot be copied.
        OSError: the disk is full.
    """
    _ensure_room(db, target)
    since = _since_whole(db, base) if base else None
    if base and since:
        copy(base.file, target)
        versions = write_changes(db, target, omission)
        if versions is not None:
            return since.after(versions)
        target.unlink()
    write_whole(db, target, omission)
    return Since()


def _ensure_room(db: DuckDBPyConnection, target: Path) -> None:
    """A full disk is better found before the writing than amid it."""
    ((private,),) = db.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = 'fatiao'"
    ).fetchall()
    if shutil.disk_usage(target.parent).free < Path(private).stat().st_size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))


def _since_whole(db: DuckDBPyConnection, base: Base) -> Since | None:
    """Return what was written into `base` since it was whole; None: it cannot be built on."""
    said = base.manifest.get("since_whole")
    if not isinstance(said, Mapping):
        return None
    ((version,),) = db.execute("SELECT version()").fetchall()
    if base.manifest.get("duckdb_version") != version:  # its files are read, not written on
        return None
    since = Since(int(said["publications"]), int(said["versions"]))
    ((versions,),) = db.execute("SELECT count(*) FROM fatiao.core.article_version").fetchall()
    if versions < FEWEST:
        return None
    if since.publications >= MOST_PUBLICATIONS or since.versions > MOST_GAPS * versions:
        return None
    return since if _is_intact(base) else None


def _is_intact(base: Base) -> bool:
    described = base.manifest.get("files", {}).get(base.file.name, {})
    if described.get("bytes") != base.file.stat().st_size:
        return False
    with base.file.open("rb") as opened:
        return bool(file_digest(opened, "sha256").hexdigest() == described.get("sha256"))


def copy(source: Path, target: Path) -> None:
    """Copy a file, by a clone where the file system can.

    Raises:
        PublishError: the system refuses.
        OSError: the disk is full.
    """
    for command in _COPY_COMMANDS:
        arguments = [*command, str(source.resolve()), str(target.resolve())]
        plain = os.environ | {"LC_ALL": "C"}  # its words are looked at
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, env=plain)  # noqa: S603 - no shell; both paths are absolute
        if done.returncode == 0:
            return
        if _NO_SPACE in done.stderr or done.returncode == -signal.SIGXFSZ:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
    raise PublishError(f"{source}: cannot be copied: {done.stderr.strip()}")
