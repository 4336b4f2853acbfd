"""A consistent copy of what cannot be made again, also while a run is on.

The archive is copied up to the lengths that the copied frontier promises: what a run appends
meanwhile lies beyond them.  So the frontier comes first, by SQLite's own backup, and then the
segments it knows.  Restoring is copying the folder back; `fatiao build` makes the rest.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler.disk import naming
from crawler.frontier.sqlite import connect_readonly
from crawler.frontier.store import has_frontier, open_frontier_readonly
from crawler.sources import Project
from warehouse.exits import InputError
from warehouse.lake.register import FOLDER_NAME

COPY_BYTES: Final = 1 << 20
ATTEMPTS: Final = 3
_PARTIAL: Final = ".partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What was copied."""

    files: int  # segments of the archive copied or gone on with
    kept: int  # segments that the backup had already, whole
    bytes: int  # of all copied


def backup(project: Project, target: Path) -> BackupReport:
    """Copy what cannot be made again to `target`, a folder; one made before is brought up to date.

    Raises:
        InputError: `target` is inside the project or holds something else, or the archive is
            shorter than the frontier promises.
        OSError: the disk is full.
    """
    _check(project, target)
    (target / "data" / "archive").mkdir(parents=True, exist_ok=True)
    # The first, by which the next attempt knows a backup that a full disk cut short.
    copied = _copy_any(project.file, target / project.file.name)
    counts = _copy_pages(project, target)
    lake_folder = project.data / FOLDER_NAME  # without it a restored folder may not publish
    for path in (project.overrides, project.statutes, project.templates, lake_folder):
        copied += _copy_any(path, target / path.relative_to(project.folder))
    return BackupReport(
        files=sum(1 for count in counts if count),
        kept=sum(1 for count in counts if not count),
        bytes=copied + sum(counts),
    )


def _copy_pages(project: Project, target: Path) -> list[int]:
    """Copy the frontier and the archive it promises; return the bytes copied of each segment."""
    if not has_frontier(project.frontier):
        return []
    for attempt in range(ATTEMPTS):
        lengths = _copy_frontier(project, target)
        try:
            counts = [_copy_segment(project, target, name, size) for name, size in lengths.items()]
        except FileNotFoundError:
            if attempt == ATTEMPTS - 1:
                raise
            continue  # `fatiao forget` wrote it anew under another name meanwhile
        for segment in (target / "data" / "archive").glob("*.warc.gz"):
            if segment.name not in lengths:
                segment.unlink()  # it holds what was to be forgotten
        break
    return counts


def _check(project: Project, target: Path) -> None:
    if target.resolve().is_relative_to(project.folder.resolve()):
        raise InputError(f"{target}: is inside the folder itself; give one outside of it")
    if target.exists() and not target.is_dir():
        raise InputError(f"{target}: is no folder; give another name")
    name = project.file.name
    is_ours = any((target / known).exists() for known in (name, name + _PARTIAL))
    if target.is_dir() and any(target.iterdir()) and not is_ours:
        raise InputError(f"{target}: holds something else; give an empty or a new folder")


def _copy_frontier(project: Project, target: Path) -> dict[str, int]:
    """Copy the frontier and return the archive's lengths that the copy promises.

    One in Postgres is its administrator's to copy (pg_dump), before this; of the archive it
    promises, what other machines have is theirs.
    """
    if project.database:
        with open_frontier_readonly(project.frontier) as frontier:
            there = frontier.segments().items()
        return {name: size for name, size in there if (project.archive_folder / name).exists()}
    place = target / "data" / project.frontier_file.name
    partial = place.with_name(place.name + _PARTIAL)
    partial.unlink(missing_ok=True)
    with (
        closing(connect_readonly(project.frontier_file)) as original,
        closing(sqlite3.connect(partial)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        lengths = dict(copy.execute("SELECT file, committed_length FROM segment"))
    _settle(partial, place)
    return lengths


def _copy_segment(project: Project, target: Path, name: str, size: int) -> int:
    """Copy the first `size` bytes of a segment, but for those already there; return how many."""
    place = target / "data" / "archive" / name
    there = place.stat().st_size if place.exists() else 0
    if there > size:  # of an archive that was put back to an earlier state
        there = 0
    if there == size:
        return 0
    with (
        naming(place),
        (project.archive_folder / name).open("rb") as source,
        place.open("r+b" if there else "wb") as out,
    ):
        source.seek(there)
        out.seek(there)
        left = size - there
        while left and (block := source.read(min(left, COPY_BYTES))):
            out.write(block)
            left -= len(block)
        out.flush()
        os.fsync(out.fileno())
    if left:
        raise InputError(f"{name}: is {left} bytes shorter than promised; see fatiao doctor")
    return size - there


def _copy_any(path: Path, place: Path) -> int:
    if path.is_dir():
        shutil.copytree(path, place, dirs_exist_ok=True)
        return sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    if not path.exists():
        return 0
    partial = place.with_name(place.name + _PARTIAL)
    with naming(partial):
        shutil.copy2(path, partial)
    _settle(partial, place)
    return place.stat().st_size


def _settle(partial: Path, place: Path) -> None:
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(place)
