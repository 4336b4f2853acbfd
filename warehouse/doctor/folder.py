"""What may be wrong in a user's folder: the disk, the lock, and each of its files."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import duckdb

from crawler.bucket import Bucket
from crawler.frontier.store import has_frontier, open_frontier_readonly
from crawler.frontier.trouble import FrontierAwayError, FrontierError
from crawler.lock import LockedError, project_lock
from crawler.sources import Project
from warehouse.doctor.diagnosis import Diagnosis, bad, first_line, good, note
from warehouse.exits import InputError
from warehouse.lake.connect import LakeError
from warehouse.overrides import read_overrides
from warehouse.public import open_public, place_of

LOW_BYTES: Final = 1 << 30  # free; a first crawl of 20,000 pages keeps some 200 MB
LATE: Final = 600.0  # seconds after its time, in which a run may end its last batch and publish

_RESTORE: Final = "put data/ of a backup in its place (fatiao backup makes them)"


def look_at_folder(project: Project) -> Iterator[Diagnosis]:
    """Look at the folder of `project`; nothing is changed."""
    yield _folder(project)
    yield _disk(project)
    lock = _lock(project)
    yield lock
    yield _frontier(project)
    yield _archive(project)
    if lock.words == _FREE:  # else its holder has it open
        yield _warehouse(project)
    yield _public(project)
    if project.overrides.exists():
        yield _overrides(project)


def _folder(project: Project) -> Diagnosis:
    data = project.data
    place = data if data.exists() else project.folder
    if not os.access(place, os.W_OK | os.X_OK):
        return bad("folder", f"{place} cannot be written", _own(place))
    return good("folder", f"{project.folder} can be written")


def _own(place: Path) -> str:
    return f"run as its owner ({_owner(place)}), or: chmod -R u+rwX {place}"


def _owner(place: Path) -> str:
    try:
        return place.owner()
    except KeyError:  # a user that this machine does not know
        return str(place.stat().st_uid)


def _disk(project: Project) -> Diagnosis:
    free = shutil.disk_usage(project.folder).free
    warehouse = project.warehouse.stat().st_size if project.warehouse.exists() else 0
    words = f"{free >> 20:,} MB free; the warehouse has {warehouse >> 20:,} MB"
    if free < warehouse:
        return bad("disk", words, "free some space: a publication is a copy of the warehouse")
    if free < LOW_BYTES:
        return note("disk", words, "free some space, or set keep_snapshots lower")
    return good("disk", words)


_FREE: Final = "free"


def _lock(project: Project) -> Diagnosis:
    if not project.lock.exists():
        return good("lock", "nobody has run here yet")
    try:
        with project_lock(project):
            return good("lock", _FREE)
    except LockedError as error:
        is_late = error.since and time.time() > error.since.timestamp() + error.run_for + LATE
        if is_late:
            words = f"{error}, longer than it meant to be"
            return bad("lock", words, f"if it does nothing any more: kill {error.holder_pid}")
        return note("lock", str(error), "wait, or: fatiao run --wait")
    except PermissionError:
        return bad("lock", f"{project.lock} cannot be written", _own(project.lock))


def _frontier(project: Project) -> Diagnosis:
    try:
        if not has_frontier(project.frontier):
            return _no_frontier(project)
        with open_frontier_readonly(project.frontier) as frontier:
            damage = frontier.damage()
            ((urls,),) = frontier.connection.execute("SELECT count(*) FROM url").fetchall()
    except FrontierAwayError as error:
        return bad("frontier", str(error), "start Postgres, or mend frontier = in fatiao.toml")
    except (sqlite3.DatabaseError, FrontierError) as error:
        return bad("frontier", f"{project.frontier}: {first_line(error)}", _RESTORE)
    if damage is not None:
        return bad("frontier", f"{project.frontier} is damaged: {damage}", _RESTORE)
    return good("frontier", f"{urls:,} URLs known")


def _no_frontier(project: Project) -> Diagnosis:
    if _has_archive(project):
        words = f"{project.frontier} is gone, and with it what every archived page is"
        return bad("frontier", words, _RESTORE)
    return note("frontier", "nothing has been crawled yet", "fatiao run")


def _has_archive(project: Project) -> bool:
    return any(project.archive_folder.glob("*.warc.gz"))


def _archive(project: Project) -> Diagnosis:
    try:
        if not has_frontier(project.frontier):
            words = "cannot be told without the frontier" if _has_archive(project) else "empty"
            return note("archive", words)
        with open_frontier_readonly(project.frontier) as frontier:
            promised = frontier.segments()
    except (sqlite3.DatabaseError, FrontierError):
        return note("archive", "not looked at: the frontier cannot be read")
    if project.bucket is not None:
        return _store(project.bucket, promised)
    for name, length in promised.items():
        file = project.archive_folder / name
        if not file.exists():
            return bad("archive", f"{file} is missing", _RESTORE)
        if (there := file.stat().st_size) < length:
            return bad("archive", f"{file} has {there:,} of {length:,} bytes", _RESTORE)
    return good("archive", f"{len(promised)} segments, {sum(promised.values()) >> 20:,} MB")


def _store(bucket: Bucket, promised: Mapping[str, int]) -> Diagnosis:
    try:
        there = bucket.sizes()
    except OSError as error:
        return bad("archive", first_line(error), "see whether the store answers, and its keys")
    for name, length in promised.items():
        if there.get(name, 0) < length:
            words = f"{bucket}/{name} has {there.get(name, 0):,} of {length:,} bytes"
            return bad("archive", words, "put the object back from a backup of the store")
    return good("archive", f"{bucket}: {len(promised)} segments")


def _warehouse(project: Project) -> Diagnosis:
    if not project.warehouse.exists():
        return note("warehouse", "nothing is built yet", "fatiao build; a run does it too")
    try:
        with duckdb.connect(project.warehouse, read_only=True) as db:
            ((tables,),) = db.execute("SELECT count(*) FROM duckdb_tables()").fetchall()
    except duckdb.Error as error:
        words = f"{project.warehouse} does not open: {first_line(error)}"
        return bad("warehouse", words, "fatiao build --rebuild makes it again from the archive")
    return good("warehouse", f"opens: {tables} tables")


def _public(project: Project) -> Diagnosis:
    public = project.public
    if not public.is_symlink() and not public.exists():
        return note("public", "nothing is published yet", "fatiao run")
    if not public.is_symlink():
        mend = f"mv {public.name} {public.name}-old, then: fatiao publish"
        return bad("public", f"{public} is not the link that fatiao makes", mend)
    if not public.exists():
        words = f"{public} leads to {public.readlink()}, which is gone"
        return bad("public", words, "fatiao publish")
    try:
        with open_public(project) as db:
            ((articles,),) = db.execute("SELECT count(*) FROM articles").fetchall()
    except LakeError as error:
        return bad("public", first_line(error), "see that Postgres runs and may be reached")
    except (duckdb.Error, OSError, InputError) as error:
        words = f"{place_of(project)} does not open: {first_line(error)}"
        return bad("public", words, f"rm {public.name}, then: fatiao publish")
    return good("public", f"{place_of(project)} opens: {articles:,} articles")


def _overrides(project: Project) -> Diagnosis:
    try:
        found = read_overrides(project.overrides)
    except InputError as error:
        return bad("overrides", str(error), "mend that line; until then no run begins")
    return good("overrides", f"{len(found)} corrections")
