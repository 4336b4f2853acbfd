"""What an earlier version of the program or of its data made, and how it is made again.

Every stage has a version number.  Another extractor or another schema means building all again
from the archive; another citation grammar or registry, or other statute texts, mean citing
the stored texts again; another way of grouping means grouping them again.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

import duckdb
from duckdb import DuckDBPyConnection

from crawler.sources import Project
from pipeline.article import EXTRACT_VERSION
from pipeline.cite.check import CITE_VERSION, cite
from pipeline.dedup.signature import DEDUP_VERSION
from pipeline.statutes import Registry, load_registry
from pipeline.texts import NO_TEXTS, StatuteTexts
from warehouse.grouping import group_all
from warehouse.load import load_registry_tables, replace_citations
from warehouse.rows import Row, checked_rows
from warehouse.runs import remove_runs
from warehouse.store import SchemaMismatchError, open_warehouse, read_meta, read_sql, write_meta

# DuckDB has no class of error for it: a wrong header, a checksum, a pointer out of its range.
_DAMAGED = re.compile(
    r"not a valid DuckDB|[Cc]orrupt|[Cc]hecksum|INTERNAL|[Ss]erializ|[Dd]eserializ"
)

StoredText = tuple[str, str, str, str, date]


def discard(project: Project) -> None:
    """Remove the private warehouse; all that is in it can be made again from the archive."""
    path = project.warehouse
    for name in (path.name, f"{path.name}.wal"):
        path.with_name(name).unlink(missing_ok=True)
    remove_runs(path)


def discard_stale(project: Project) -> str | None:
    """Remove a warehouse that another schema or extractor made; return why, or None."""
    try:
        with open_warehouse(project.warehouse, project.memory) as db:
            made_by = read_meta(db).get("extract_version", str(EXTRACT_VERSION))
            write_meta(db, {"extract_version": made_by})
    except SchemaMismatchError:
        discard(project)
        return "the tables have changed"
    except duckdb.Error as error:
        # All in the file can be made again; who has it open, or a full disk, can't be helped so.
        if not _DAMAGED.search(str(error)):
            raise
        discard(project)
        return f"the private file was damaged ({str(error).splitlines()[0]})"
    if made_by == str(EXTRACT_VERSION):
        return None
    discard(project)
    return f"extraction version {made_by} is now {EXTRACT_VERSION}"


def refresh(db: DuckDBPyConnection, texts: StatuteTexts) -> None:
    """Cite and group the stored texts again where another version did it; in one transaction."""
    registry = load_registry()
    meta = read_meta(db)
    cited_with = f"{CITE_VERSION}:{registry.version}:{texts.digest}"
    if meta.get("cited_with") != cited_with:
        load_registry_tables(db, registry)
        stored = db.execute(read_sql("build/cited_texts.sql")).fetchall()
        replace_citations(db, list(cite_stored(stored, registry, texts)))
    if meta.get("dedup_version") != str(DEDUP_VERSION):
        group_all(db)
    write_meta(
        db,
        {
            "cited_with": cited_with,
            "dedup_version": str(DEDUP_VERSION),
            "extract_version": str(EXTRACT_VERSION),
            "registry_version": registry.version,
        },
    )


def cite_stored(
    stored: Iterable[StoredText], registry: Registry, texts: StatuteTexts = NO_TEXTS
) -> Iterator[Row]:
    """Cite stored texts again: article and version id, title, text, the day whose law counts."""
    for article, version, title, text, as_of in stored:
        found = cite(text, as_of=as_of, today=as_of, registry=registry, title=title, texts=texts)
        yield from checked_rows(article, version, text, as_of, found)
