"""The Parquet part of a piece of work: a row a page, written and read by DuckDB.

The build takes `result`, and what is kept to find reposts by (`pipeline.dedup.prepare`), so that it
signs no text again; the columns beside these are for questions over all parts, such as which pairs
of texts share a band, before anything is loaded.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from crawler.disk import naming, sync
from crawler.urls import CanonicalUrl, article_id
from pipeline.article import Article
from pipeline.dedup.prepare import Prepared, prepare
from pipeline.dedup.signature import bands
from warehouse.engine.record import from_json, text_of, to_json
from warehouse.store import quote_path, read_sql
from warehouse.workers import PageJob, PageResult

MEMORY: Final = "1GB"  # of DuckDB while it writes one part
# Neither where the archive lies nor the statutes' folder changes a result; a template is its name.
_KEYED: Final = tuple(
    field.name for field in fields(PageJob) if field.name not in {"archive", "statutes", "template"}
)


@dataclass(frozen=True, slots=True)
class PartPage:
    """What a part has of a page."""

    result: PageResult
    prepared: Prepared | None  # of the article's text


def job_key(job: PageJob) -> str:
    """Return 16 hexadecimal digits that stand for all that a page's result depends on.

    The program's and the data's versions apart.  A template's version is never written again.
    """
    template = job.template and (job.template.parent.name, job.template.name)
    said = repr((template, *(getattr(job, name) for name in _KEYED)))
    return sha256(said.encode()).hexdigest()[:16]


def write_part(results: Sequence[PageResult], file: Path) -> None:
    """Write a row for each of `results` to `file`, and see it onto the disk.

    Raises:
        OSError: the disk is full.
        duckdb.Error: the same, as DuckDB says it.
    """
    spool = file.with_suffix(".jsonl")
    made = prepare([text_of(one) or "" for one in results])
    with naming(spool), spool.open("w", encoding="utf-8") as out:
        for result, prepared in zip(results, made, strict=True):
            out.write(json.dumps(_row(result, prepared), ensure_ascii=False) + "\n")
    with duckdb.connect(config={"threads": 1, "memory_limit": MEMORY}) as db:
        db.execute(
            read_sql("engine/write_part.sql").format(spool=quote_path(spool), file=quote_path(file))
        )
    with naming(file):
        sync(file)


def read_part(file: Path, jobs: Sequence[PageJob]) -> dict[int, PartPage]:
    """Return what a part has of those of `jobs` that are in it; nothing where it is damaged."""
    wanted = {job_key(job): job for job in jobs}
    ids = [job.fetch_id for job in jobs]
    span = {"file": str(file), "first": min(ids), "last": max(ids)}
    try:
        with duckdb.connect(config={"threads": 1}) as db:
            rows = db.execute(read_sql("engine/read_part.sql"), span).fetchall()
        return {
            fetch_id: PartPage(from_json(result, text, wanted[key]), _prepared(*made))
            for fetch_id, key, text, result, *made in rows
            if key in wanted
        }
    except (duckdb.Error, ValueError):
        return {}  # its pages are worked on again


def discard_parts(folder: Path) -> None:
    """Remove all parts; the warehouse has what was in them."""
    shutil.rmtree(folder, ignore_errors=True)


def _prepared(
    digest: str | None, signature: list[int], fragments: list[int], middles: list[int]
) -> Prepared | None:
    if digest is None:
        return None
    return Prepared(
        digest,
        np.array(signature, dtype=np.uint32),
        np.array(fragments, dtype=np.uint32),
        np.array(middles, dtype=np.uint32),
    )


def _row(result: PageResult, made: Prepared) -> dict[str, Any]:
    page = result.page
    article = page if isinstance(page, Article) else None
    return {
        "fetch_id": result.job.fetch_id,
        "job": job_key(result.job),
        "source": result.job.source,
        "url": result.url,
        "article_id": article_id(CanonicalUrl(result.url)),
        "outcome": "article" if article else "rejected",
        "title": article.title if article else None,
        "text": article.text if article else None,
        "citations": len(result.citations),
        **(_cells(made) if article else {}),
        "result": to_json(result),
    }


def _cells(made: Prepared) -> dict[str, Any]:
    """Return what finds the reposts of a text; texts that share a band may be such."""
    return {
        "text_digest": made.digest,
        "bands": bands(made.signature[np.newaxis]).ravel().tolist(),
        "signature": made.signature.tolist(),
        "fragments": made.fragments.tolist(),
        "middles": made.middles.tolist(),
    }
