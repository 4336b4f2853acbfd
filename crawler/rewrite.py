"""Segments of the archive written anew without some of their records.

Killed anywhere, nothing is lost: until the frontier's commit the new files are strangers, which the
next run removes, and from it on the old ones are (`crawler.archive_writer.truncate_to`).

    new segments on the disk → ONE commit {places of the records, segments} → old segments removed
"""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Location, read_member
from crawler.archive_writer import next_name, write_info
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


def write_without(connection: Connection, folder: Path, drop: Collection[int]) -> Rewrite:
    """Write the segments that hold records of the fetches `drop` anew, without them.

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
    for file in sorted(files):
        kept = sorted(
            (offset, length, fetch_id)
            for fetch_id, its_file, offset, length in rows
            if its_file == file and fetch_id not in unwanted
        )
        replaced[file] = None
        if kept:
            name = next_name(folder, file.split("-")[1], 0)
            places = _copy(folder, file, name, [(offset, length) for offset, length, _ in kept])
            replaced[file], lengths[name] = name, (folder / name).stat().st_size
            moved += [(name, at, one[2]) for at, one in zip(places, kept, strict=True)]
    before = sum((folder / file).stat().st_size for file in files if (folder / file).exists())
    return Rewrite(
        replaced=replaced,
        lengths=lengths,
        moved=tuple(moved),
        dropped=tuple(fetch_id for fetch_id, *_ in rows if fetch_id in unwanted),
        freed=before - sum(lengths.values()),
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


def remove_old(folder: Path, rewrite: Rewrite) -> None:
    """Remove the segments that nothing refers to any more."""
    for file in rewrite.replaced:
        (folder / file).unlink(missing_ok=True)
    sync(folder)


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


def _copy(folder: Path, old: str, new: str, places: list[tuple[int, int]]) -> list[int]:
    """Copy the records at `places` of `old`, byte for byte; return where they are in `new`."""
    offsets: list[int] = []
    with (folder / new).open("xb") as stream:
        write_info(stream, new)
        for offset, length in places:
            offsets.append(stream.tell())
            stream.write(read_member(folder, Location(old, offset, length)))
        stream.flush()
        os.fsync(stream.fileno())
    sync(folder)
    return offsets
