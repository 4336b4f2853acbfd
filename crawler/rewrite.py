"""Segments of the archive written anew without some of their records.

Killed anywhere, nothing is lost: until the frontier's commit the new files are strangers, which the
next run removes, and from it on the old ones are (`crawler.archive_writer.truncate_to`).

    new segments on the disk → ONE commit {places of the records, segments} → old segments removed
"""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchivePlace, Location, read_member
from crawler.archive_writer import next_name, write_info
from crawler.bucket import Bucket
from crawler.disk import sync
from crawler.frontier.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """Segments that are on the disk anew, and not entered yet."""

    replaced: dict[str, str | None]  # old name: new name; None: nothing was left of it
    lengths: dict[str, int]  # of the new ones, bytes
    moved: tuple[tuple[str, int, int], ...]  # new file, new offset, fetch_id
    dropped: tuple[int, ...]  # fetch_ids whose records are left out
    freed: int  # bytes


def write_without(
    connection: Connection, place: ArchivePlace, drop: Collection[int], run_id: int | None = None
) -> Rewrite:
    """Write the segments that hold records of the fetches `drop` anew, without them.

    `run_id` is given where several share the frontier, and tells whose files the new ones are.

    Raises:
        ArchiveError: a record that is to be kept cannot be read.
    """
    rows = connection.execute(
        "SELECT fetch_id, file, offset, length FROM fetch WHERE file IS NOT NULL"
    ).fetchall()
    unwanted = set(drop)
    files = {file for fetch_id, file, _, _ in rows if fetch_id in unwanted}
    replaced: dict[str, str | None] = {}
    lengths: dict[str, int] = {}
    moved: list[tuple[str, int, int]] = []
    old = _sizes(place, files)
    for file in sorted(files):
        kept = sorted(
            (offset, length, fetch_id)
            for fetch_id, its_file, offset, length in rows
            if its_file == file and fetch_id not in unwanted
        )
        replaced[file] = None
        if kept:
            name = _new_name(place, file.split("-")[1], len(lengths) + 1, run_id)
            spans = [(offset, length) for offset, length, _ in kept]
            places, lengths[name] = _copy(place, file, name, spans)
            replaced[file] = name
            moved += [(name, at, one[2]) for at, one in zip(places, kept, strict=True)]
    return Rewrite(
        replaced=replaced,
        lengths=lengths,
        moved=tuple(moved),
        dropped=tuple(fetch_id for fetch_id, *_ in rows if fetch_id in unwanted),
        freed=sum(old.values()) - sum(lengths.values()),
    )


def enter_rewrite(connection: Connection, rewrite: Rewrite) -> None:
    """Let the frontier name the new segments; the caller commits, then calls `remove_old`."""
    connection.executemany(
        "UPDATE fetch SET file = ?, offset = ? WHERE fetch_id = ?", rewrite.moved
    )
    connection.executemany(
        "UPDATE fetch SET file = NULL, offset = NULL, length = NULL WHERE fetch_id = ?",
        [(fetch_id,) for fetch_id in rewrite.dropped],
    )
    connection.executemany(
        "DELETE FROM segment WHERE file = ?", [(file,) for file in rewrite.replaced]
    )
    connection.executemany("INSERT INTO segment VALUES (?, ?)", rewrite.lengths.items())
    connection.execute(
        "INSERT INTO memory VALUES ('archive_edition', '1') ON CONFLICT (name)"
        " DO UPDATE SET value = CAST(CAST(memory.value AS BIGINT) + 1 AS TEXT)"
    )


def edition(connection: Connection) -> str:
    """Return which edition of the archive the frontier names; another one after each rewrite."""
    row = connection.execute("SELECT value FROM memory WHERE name = 'archive_edition'").fetchone()
    return str(row[0]) if row else "0"


def remove_old(place: ArchivePlace, rewrite: Rewrite) -> None:
    """Remove the segments that nothing refers to any more."""
    if isinstance(place, Bucket):
        for file in place.sizes().keys() & rewrite.replaced.keys():
            place.remove(file)
        return
    for file in rewrite.replaced:
        (place / file).unlink(missing_ok=True)
    sync(place)


def count_records(folder: Path, is_wanted: Callable[[str], bool]) -> tuple[int, int]:
    """Return how many records the archive holds, and of how many of them the URL is wanted."""
    total = found = 0
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                url = record.rec_headers.get_header("WARC-Target-URI")
                total += url is not None
                found += url is not None and is_wanted(url.strip("<>"))
    return total, found


def _sizes(place: ArchivePlace, files: Collection[str]) -> dict[str, int]:
    """Return the sizes of those of `files` that are there."""
    if isinstance(place, Bucket):
        return {name: size for name, size in place.sizes().items() if name in files}
    return {name: path.stat().st_size for name in files if (path := place / name).exists()}


def _new_name(place: ArchivePlace, day: str, number: int, run_id: int | None) -> str:
    suffix = "" if run_id is None else f"-r{run_id}"
    if isinstance(place, Bucket):
        return f"fatiao-{day}-{number:05d}{suffix}.warc.gz"
    return next_name(place, day, 0, suffix)


def _copy(
    place: ArchivePlace, old: str, new: str, spans: list[tuple[int, int]]
) -> tuple[list[int], int]:
    """Copy the records at `spans` of `old`, byte for byte; return where they are in `new`.

    And how long that is.
    """
    if isinstance(place, Bucket):  # its segments are of one batch
        held = BytesIO()
        offsets = _copy_records(place, old, new, spans, held)
        place.write(new, held.getvalue())
        return offsets, held.tell()
    with (place / new).open("xb") as stream:
        offsets = _copy_records(place, old, new, spans, stream)
        stream.flush()
        os.fsync(stream.fileno())
        length = stream.tell()
    sync(place)
    return offsets, length


def _copy_records(
    place: ArchivePlace, old: str, new: str, spans: list[tuple[int, int]], stream: BinaryIO
) -> list[int]:
    offsets: list[int] = []
    write_info(stream, new)
    for offset, length in spans:
        offsets.append(stream.tell())
        stream.write(read_member(place, Location(old, offset, length)))
    return offsets
