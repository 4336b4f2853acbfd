"""Batches of results into the warehouse's tables.

A batch is spooled as JSON Lines and read by DuckDB itself, which is some hundred times faster
than a statement a row and needs no pyarrow (`research`: executemany 300 times slower).
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.disk import naming
from crawler.frontier.summaries import Run, SourceRun
from crawler.sources import Source
from pipeline.statutes import Registry
from warehouse.rows import Row
from warehouse.store import read_sql

_PAGE: Final = {
    "fetch_id": "BIGINT",
    "outcome": "VARCHAR",
    "article_id": "VARCHAR",
    "version_id": "VARCHAR",
    "source": "VARCHAR",
    "url": "VARCHAR",
    "fetched_at": "TIMESTAMPTZ",
    "title": "VARCHAR",
    "author": "VARCHAR",
    "category": "VARCHAR",
    "published_at": "TIMESTAMPTZ",
    "published_on": "DATE",
    "published_precision": "VARCHAR",
    "published_evidence": "VARCHAR",
    "published_place": "VARCHAR",
    "publisher": "VARCHAR",
    "tags": "VARCHAR[]",
    "origin": "VARCHAR",
    "origin_url": "VARCHAR",
    "incomplete": "VARCHAR",
    "parts": "STRUCT(part_no SMALLINT, kind VARCHAR, start_char INTEGER, end_char INTEGER,"
    " author VARCHAR, published_at TIMESTAMPTZ, published_on DATE, published_precision VARCHAR,"
    " published_evidence VARCHAR, is_accepted BOOLEAN)[]",
    "pages": "STRUCT(page_no SMALLINT, fetch_id BIGINT, url VARCHAR, start_char INTEGER,"
    " end_char INTEGER)[]",
    "text": "VARCHAR",
    "text_sha256": "VARCHAR",
    "char_count": "INTEGER",
    "charset_declared": "VARCHAR",
    "charset_chosen": "VARCHAR",
    "skeleton": "VARCHAR",
    "extract_version": "SMALLINT",
    "extractor": "VARCHAR",
    "reason": "VARCHAR",
    "detail": "VARCHAR",
}


def load_batch(
    connection: DuckDBPyConnection,
    fetches: Sequence[Row],
    pages: Sequence[Row],
    citations: Sequence[Row],
) -> None:
    """Put one batch into the tables; the caller holds the transaction."""
    _stage_like(connection, "staged_fetch", "ops.fetch", fetches)
    connection.execute("INSERT OR REPLACE INTO ops.fetch SELECT * FROM staged_fetch")
    for part in _without_repeats(pages):
        versions = {row.get("version_id") for row in part}
        _stage(connection, "staged_page", _PAGE, part)
        _stage_like(
            connection,
            "staged_citation",
            "core.citation",
            [row for row in citations if row["version_id"] in versions],
        )
        connection.execute(read_sql("load/readings.sql"))
        connection.execute(read_sql("load/pages.sql"))


def replace_citations(connection: DuckDBPyConnection, citations: Sequence[Row]) -> None:
    """Put the citations of all current versions in place of those stored."""
    _stage_like(connection, "staged_citation", "core.citation", citations)
    connection.execute("DELETE FROM core.citation")
    connection.execute("INSERT INTO core.citation SELECT * FROM staged_citation")


def replace_citations_of(
    connection: DuckDBPyConnection, articles: Sequence[str], citations: Sequence[Row]
) -> None:
    """Put `citations`, of all versions of `articles`, in place of those stored for them."""
    _stage_like(connection, "staged_citation", "core.citation", citations)
    connection.execute(
        "DELETE FROM core.citation WHERE article_id IN (SELECT unnest(?))", [list(articles)]
    )
    connection.execute("INSERT INTO core.citation SELECT * FROM staged_citation")


def load_runs(connection: DuckDBPyConnection, runs: Iterable[Run]) -> None:
    """Bring `ops.run` up to the frontier's runs; one without an end was killed."""
    rows = [asdict(run) | {"outcome": run.outcome or "killed"} for run in runs]
    _stage_like(connection, "staged_run", "ops.run", rows)
    connection.execute("INSERT OR REPLACE INTO ops.run SELECT * FROM staged_run")


def load_source_runs(connection: DuckDBPyConnection, runs: Iterable[SourceRun]) -> None:
    """Bring `ops.source_run` up to the frontier's account of each source's runs."""
    _stage_like(connection, "staged_source_run", "ops.source_run", [asdict(one) for one in runs])
    connection.execute("INSERT OR REPLACE INTO ops.source_run SELECT * FROM staged_source_run")


def load_findings(connection: DuckDBPyConnection, findings: Iterable[Row]) -> None:
    """Bring `ops.finding` up to what the frontier keeps of all runs' judgements."""
    _stage_like(connection, "staged_finding", "ops.finding", list(findings))
    connection.execute("INSERT OR REPLACE INTO ops.finding SELECT * FROM staged_finding")


def load_sources(connection: DuckDBPyConnection, sources: Iterable[Source]) -> None:
    """Bring `core.source` up to fatiao.toml; a source no longer named there stays, disabled."""
    rows = [
        {"source": s.name, "start_url": s.start[0], "enabled": s.enabled, "delay_s": s.delay}
        for s in sources
    ]
    _stage_like(connection, "staged_source", "core.source", rows)
    connection.execute("UPDATE core.source SET enabled = false")
    connection.execute("INSERT OR REPLACE INTO core.source SELECT * FROM staged_source")


def load_registry_tables(connection: DuckDBPyConnection, registry: Registry) -> None:
    """Put the statute registry into the warehouse, in place of the one that was there."""
    for table, records in (
        ("statute", registry.statutes),
        ("statute_version", registry.versions),
        ("statute_alias", registry.aliases),
    ):
        columns = _columns(connection, f"core.{table}")
        rows = [{name: getattr(record, name) for name in columns} for record in records]
        _stage(connection, "staged_registry", columns, rows)
        connection.execute(f"DELETE FROM core.{table}")  # noqa: S608 - our own table names
        connection.execute(f"INSERT INTO core.{table} SELECT * FROM staged_registry")  # noqa: S608


def _without_repeats(pages: Iterable[Row]) -> Iterator[list[Row]]:
    """Cut `pages` so that no part has two of one article: the order of versions would be lost.

    The n-th part has the n-th page of each article, so that there are as few parts as can be.
    """
    parts: list[list[Row]] = []
    met: Counter[str] = Counter()
    for row in pages:
        turn = met[row["article_id"]]
        met[row["article_id"]] += 1
        if turn == len(parts):
            parts.append([])
        parts[turn].append(row)
    yield from parts


def _columns(connection: DuckDBPyConnection, table: str) -> dict[str, str]:
    described = connection.execute(f"DESCRIBE {table}").fetchall()
    return {name: kind for name, kind, *_ in described}


def _stage_like(connection: DuckDBPyConnection, table: str, like: str, rows: Sequence[Row]) -> None:
    _stage(connection, table, _columns(connection, like), rows)


def _stage(
    connection: DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Sequence[Row]
) -> None:
    """Make the temporary `table` of `rows`; what a row lacks is NULL."""
    spec = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    with tempfile.TemporaryDirectory(prefix="fatiao-") as folder:
        spool = Path(folder, "rows.jsonl")
        with naming(spool), spool.open("w", encoding="utf-8") as out:
            out.writelines(
                json.dumps({name: row.get(name) for name in columns}, default=_plain) + "\n"
                for row in rows
            )
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM read_json(?, "  # noqa: S608
            f"format = 'newline_delimited', columns = {{{spec}}}, "
            "maximum_object_size = 134217728)",
            [str(spool)],
        )


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no column takes a {type(value).__name__}")
