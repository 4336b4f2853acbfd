"""The proof that something was forgotten: everything in the folder searched for its names.

Searched are its URLs and its titles, in every cell of every database, in every record of the
archive, in the bytes of every other file.  What other articles say of it in their own texts is
counted apart: it is theirs, and goes with them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.archive import ArchivePlace, scan_all
from crawler.decode import decode
from crawler.frontier.place import Place
from crawler.frontier.store import open_frontier_readonly
from crawler.lake import Lake
from crawler.mentions import Mentions
from crawler.sources import Project
from warehouse.lake.reading import open_own, word_columns
from warehouse.lake.tidy import unnamed
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import open_published, open_warehouse, read_sql

CONFIG: Final = "fatiao.toml"  # its owner's to change; the command says what to take out
_DATABASES: Final = (".duckdb", ".sqlite", ".sqlite-wal", ".sqlite-shm", ".gz", ".lock")
_TOMBSTONES: Final = "tombstone"  # names what is not to be fetched, and is meant to
# The words of other articles, with what was cut out of them.
THEIRS: Final = frozenset(
    {
        "core.article_version.text",
        "core.article_version.published_evidence",
        "core.citation.sentence",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One place that was looked through afterwards."""

    place: str
    what: str  # cells, records, bytes
    looked_at: int
    found: int
    elsewhere: int = 0  # named in other articles' own words, which stay


def prove(project: Project, mentions: Mentions) -> list[Searched]:
    """Look through everything in the folder for what was to be taken out."""
    searched = [
        _in_frontier(project.frontier, mentions),
        _in_archive(project.archive, mentions),
    ]
    if project.warehouse.exists():
        with open_warehouse(project.warehouse, project.memory) as db:
            searched.append(_in_database("warehouse", db, mentions))
    for path in sorted(project.snapshots.glob(f"*/{DATABASE_NAME}")):
        with open_published(path) as db:
            searched.append(_in_database(f"snapshots/{path.parent.name}", db, mentions))
    if project.lake is not None:
        searched += _in_lake(project, project.lake, mentions)
    return [*searched, *_in_files(project.folder, mentions)]


def _in_lake(project: Project, lake: Lake, mentions: Mentions) -> Iterator[Searched]:
    """Search what can be asked of the lake, and how many files of it no snapshot names."""
    if project.public.exists():
        with open_own(lake) as db:
            yield _in_database(str(lake), db, mentions, word_columns(db, lake))
    left = unnamed(lake)
    yield Searched(place=f"{lake}, not in use", what="files", looked_at=left, found=left)


def _in_frontier(place: Place, mentions: Mentions) -> Searched:
    looked_at = found = 0
    with open_frontier_readonly(place) as frontier:
        for table in sorted(set(frontier.tables()) - {_TOMBSTONES}):
            for row in frontier.connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - our own names
                cells = [cell for cell in row if isinstance(cell, str)]
                looked_at += len(cells)
                found += sum(map(mentions.are_in, cells))
    return Searched(place="frontier", what="cells", looked_at=looked_at, found=found)


def _in_archive(place: ArchivePlace, mentions: Mentions) -> Searched:
    looked_at = found = elsewhere = 0
    for page in scan_all(place):
        looked_at += 1
        if mentions.is_it(page.url):
            found += 1
        elif mentions.are_in(decode(page.body, page.header("content-type")).text):
            elsewhere += 1
    return Searched(
        place="archive", what="records", looked_at=looked_at, found=found, elsewhere=elsewhere
    )


def _in_database(
    place: str,
    db: DuckDBPyConnection,
    mentions: Mentions,
    columns: Sequence[tuple[str, str]] = (),
) -> Searched:
    looked_at = found = elsewhere = 0
    for table, column in columns or name_columns(db):
        count = f'SELECT count("{column}") FROM {table}'  # noqa: S608 - our own names
        ((cells,),) = db.execute(count).fetchall()
        hits = sum(mentions.are_in(text) for (text,) in candidates(db, table, column, mentions))
        looked_at += cells
        if f"{table}.{column}" in THEIRS:
            elsewhere += hits
        else:
            found += hits
    return Searched(
        place=place, what="cells", looked_at=looked_at, found=found, elsewhere=elsewhere
    )


def name_columns(db: DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the tables and their columns of words."""
    return db.execute(read_sql("forget/text_columns.sql")).fetchall()


def candidates(
    db: DuckDBPyConnection, table: str, column: str, mentions: Mentions
) -> list[tuple[str]]:
    """Return the cells that hold a word of what is looked for."""
    has_word = f'contains("{column}"::VARCHAR, n.word)'
    query = f"""
        SELECT "{column}"::VARCHAR FROM {table}
        WHERE EXISTS (SELECT 1 FROM unnest(?) AS n (word) WHERE {has_word})"""  # noqa: S608 - our own names
    return db.execute(query, [list(mentions.needles)]).fetchall()


def _in_files(folder: Path, mentions: Mentions) -> Iterator[Searched]:
    """Search the plain files; those with a find one by one, the others in one line."""
    looked_at = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.suffix in _DATABASES:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        looked_at += path.stat().st_size
        if path.name != CONFIG and mentions.are_in(text):
            place = str(path.relative_to(folder))
            hits = sum(map(mentions.are_in, text.splitlines()))
            yield Searched(place=place, what="bytes", looked_at=len(text), found=max(hits, 1))
    yield Searched(place="all other files", what="bytes", looked_at=looked_at, found=0)
