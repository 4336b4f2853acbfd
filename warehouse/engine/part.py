"""The Parquet part of a piece of work: a row a page, written and read by DuckDB.

`result` is what the build takes; the columns beside it are for questions over all parts, such as
which pairs of texts share a band, before anything is loaded.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from crawler.disk import naming, sync
from crawler.urls import CanonicalUrl, article_id
from pipeline.article import Article
from pipeline.dedup.kernel import engine_for
from pipeline.dedup.laid import slabs
from pipeline.dedup.normalize import normalize_all
from pipeline.dedup.signature import bands, hash_all, sign
from warehouse.engine.record import from_json, text_of, to_json
from warehouse.store import quote_path, read_sql
from warehouse.workers import PageJob, PageResult

MEMORY: Final = "1GB"  # of DuckDB while it writes one part


def job_key(job: PageJob) -> str:
    """Return 16 hexadecimal digits that stand for all that a page's result depends on.

    The program's and the data's versions apart.  A template's version is never written again.
    """
    own = asdict(job) | {"archive": None, "statutes": None}
    own["template"] = job.template and (job.template.parent.name, job.template.name)
    return sha256(repr(sorted(own.items())).encode()).hexdigest()[:16]


def write_part(results: Sequence[PageResult], file: Path) -> None:
    """Write a row for each of `results` to `file`, and see it onto the disk.

    Raises:
        OSError: the disk is full.
        duckdb.Error: the same, as DuckDB says it.
    """
    spool = file.with_suffix(".jsonl")
    keys = _band_keys([text_of(one) or "" for one in results])
    with naming(spool), spool.open("w", encoding="utf-8") as out:
        for result, band in zip(results, keys, strict=True):
            out.write(json.dumps(_row(result, band), ensure_ascii=False) + "\n")
    with duckdb.connect(config={"threads": 1, "memory_limit": MEMORY}) as db:
        db.execute(
            read_sql("engine/write_part.sql").format(spool=quote_path(spool), file=quote_path(file))
        )
    with naming(file):
        sync(file)


def read_part(file: Path, jobs: Sequence[PageJob]) -> dict[int, PageResult]:
    """Return the results of those of `jobs` that a part has, by fetch; none where it is damaged."""
    wanted = {job_key(job): job for job in jobs}
    ids = [job.fetch_id for job in jobs]
    span = {"file": str(file), "first": min(ids), "last": max(ids)}
    try:
        with duckdb.connect(config={"threads": 1}) as db:
            rows = db.execute(read_sql("engine/read_part.sql"), span).fetchall()
        return {
            fetch_id: from_json(result, text, wanted[key])
            for fetch_id, key, text, result in rows
            if key in wanted
        }
    except (duckdb.Error, ValueError):
        return {}  # its pages are worked on again


def discard_parts(folder: Path) -> None:
    """Remove all parts; the warehouse has what was in them."""
    shutil.rmtree(folder, ignore_errors=True)


def _row(result: PageResult, band: Sequence[int]) -> dict[str, Any]:
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
        "bands": band if article else None,
        "result": to_json(result),
    }


def _band_keys(texts: Sequence[str]) -> list[list[int]]:
    """Return the LSH bands of each text; texts that share one may be reposts of each other."""
    engine = engine_for(len(texts))
    signed = [
        sign(hash_all(normalize_all(texts[slab])), engine)
        for slab in slabs([len(text) for text in texts])
    ]
    return bands(np.concatenate(signed)).tolist() if signed else []
