"""The warehouse follows the archive: where a record lies now, and which is there no more.

`fatiao retain` moves records, `fatiao forget` takes some out.  Both raise the archive's edition in
the frontier; a warehouse of another edition is brought up to it here, by the command itself or,
where that was killed, by the next build.
"""

from typing import Any

import numpy as np
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from crawler.forget import is_hit
from crawler.frontier.store import Frontier
from crawler.frontier.tombstones import has_any, is_forgotten, tombstones
from crawler.rewrite import edition
from warehouse.grouping import group_articles
from warehouse.rows import Row
from warehouse.store import read_meta, read_sql, write_meta


def follow_archive(db: DuckDBPyConnection, frontier: Frontier) -> int:
    """Bring the warehouse up to the archive's edition; return how many articles had to go.

    The caller holds the transaction.
    """
    now = edition(frontier.connection)
    if read_meta(db).get("archive_edition", "0") == now:
        return 0
    db.register("staged", _places(frontier))
    db.execute(read_sql("forget/relocate.sql"))
    db.unregister("staged")
    gone = _remove_gone(db, forgotten_articles(db, frontier))
    write_meta(db, {"archive_edition": now})
    return gone


def forgotten_articles(db: DuckDBPyConnection, frontier: Frontier) -> list[str]:
    """Return the ids of the stored articles whose URL was forgotten."""
    targets = [one.target for one in tombstones(frontier.connection)]
    if not targets:
        return []
    rows = db.execute("SELECT article_id, url FROM core.article").fetchall()
    return [id_ for id_, url in rows if any(is_hit(target, url) for target in targets)]


def without_forgotten(frontier: Frontier, pages: list[Row]) -> list[Row]:
    """Return the rows of `pages` but those read as what was forgotten: by a canonical link."""
    if not has_any(frontier.connection):
        return pages
    return [row for row in pages if not is_forgotten(frontier.connection, str(row["url"]))]


def _places(frontier: Frontier) -> dict[str, NDArray[Any]]:
    rows = frontier.connection.execute(
        "SELECT fetch_id, kind, coalesce(file, ''), coalesce(offset, 0), coalesce(length, 0)"
        " FROM fetch"
    ).fetchall()
    ids, kinds, files, offsets, lengths = zip(*rows, strict=True) if rows else ((),) * 5
    return {
        "fetch_id": np.array(ids, dtype=np.int64),
        "kind": np.array(kinds, dtype=np.str_),
        "file": np.array(files, dtype=np.str_),
        "at": np.array(offsets, dtype=np.int64),
        "length": np.array(lengths, dtype=np.int64),
    }


def _remove_gone(db: DuckDBPyConnection, forgotten: list[str]) -> int:
    db.execute(read_sql("forget/gone.sql"), {"ids": forgotten})
    ids = [id_ for (id_,) in db.execute("FROM gone_article").fetchall()]
    for table, column in db.execute(read_sql("forget/columns.sql")).fetchall():
        gone = "gone_article" if column == "article_id" else "gone_fetch"
        db.execute(f"DELETE FROM fatiao.{table} WHERE {column} IN (FROM {gone})")  # noqa: S608 - our own names
    group_articles(db, ids)
    return len(ids)
