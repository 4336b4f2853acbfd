"""Which stored texts are to be grouped with their reposts, and in which order.

`warehouse.clusters` does the grouping; it knows documents, not articles.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from duckdb import DuckDBPyConnection

from pipeline.dedup.credits import known_as
from pipeline.dedup.prepare import Prepared
from warehouse.clusters import NOTHING_PREPARED, Document, add_documents, remove_documents
from warehouse.staging import staged, strings
from warehouse.store import read_sql


def group_fetched(
    db: DuckDBPyConnection,
    first: int,
    last: int,
    also: Sequence[str] = (),
    prepared: Mapping[str, Prepared] = NOTHING_PREPARED,
) -> None:
    """Group the articles whose text is new or changed in the fetches `first` to `last`.

    `also`: articles that have got an earlier text back; `prepared`: by text, what the dedup keeps
    of it, where somebody has made it already.
    """
    rows = db.execute(read_sql("build/touched.sql"), {"first": first, "last": last}).fetchall()
    group_articles(db, sorted({row[0] for row in rows} | set(also)), prepared)


def group_all(db: DuckDBPyConnection) -> None:
    """Group all articles again."""
    rows = db.execute("SELECT article_id FROM core.article").fetchall()
    group_articles(db, [row[0] for row in rows])


def group_articles(
    db: DuckDBPyConnection,
    ids: Sequence[str],
    prepared: Mapping[str, Prepared] = NOTHING_PREPARED,
) -> None:
    """Group these articles again, because their text or what orders them has changed."""
    if not ids:
        return
    remove_documents(db, ids)
    documents = [_document(row) for row in _read(db, ids)]

    def read(wanted: Sequence[str]) -> dict[str, str]:
        return {row[0]: row[1] for row in _read(db, wanted)}

    add_documents(db, documents, read, prepared)


def _document(row: tuple[Any, ...]) -> Document:
    article, text, dated_at, day, is_timed, seen_at, source, url, names, origins = row
    host = f"//{urlsplit(url).netloc}"
    return Document(
        id=article,
        order=f"{dated_at.timestamp():020.6f} {article}",
        text=text,
        seen=f"{seen_at.timestamp():020.6f}",
        source=source,
        day=day.isoformat(),
        is_timed=is_timed,
        names=known_as((source, host, url, *names)),
        credits=known_as(origins),
    )


def _read(db: DuckDBPyConnection, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return articles with their text and what orders and names them."""
    with staged(db, {"article_id": strings(ids)}, "wanted"):
        return db.execute(read_sql("build/documents.sql")).fetchall()
