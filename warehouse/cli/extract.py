"""`fatiao extract`: the article out of a page, or out of many.

The shape of what it writes is an interface: fields may be added, never changed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from crawler.decode import decode
from pipeline.article import Article, Page, Rejection, RejectionReason
from pipeline.article import extract as extract_page
from pipeline.template.site import without_shared_lines
from warehouse.cli.options import FOLDER, INPUT
from warehouse.exits import InputError
from warehouse.jsonl import Json, is_many, read_lines, write_lines
from warehouse.pool import Overrun, map_bounded

BEIJING: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page in a file, and what its row says of it."""

    path: Path
    url: str | None
    fetched_at: datetime | None  # aware


@click.command()
@click.argument("page", type=INPUT)
@click.option("--url", help="The page's URL, for its links and its site's name.")
@click.option("--fetched-at", help="When it was fetched, ISO 8601; relative dates count from it.")
@FOLDER
def extract(page: Path, url: str | None, fetched_at: str | None) -> None:
    """Take the article out of PAGE, an HTML file, or of each page that a .jsonl names.

    A row of the .jsonl: {id, html_path, url?, fetched_at?, site?}, html_path relative to the
    .jsonl's folder; rows of one site may be learned from together.  Out comes {id, title, author,
    category, published_at, published_precision, published_evidence, text, ...} or {id, rejected}.
    """
    if not is_many(page):
        _time(fetched_at)
        row = {"id": page.stem, "html_path": page.name, "url": url, "fetched_at": fetched_at}
        (result,) = extract_rows([row], page.parent)
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
        return
    write_lines(extract_rows(read_lines(page, required=("id", "html_path")), page.parent))


def extract_rows(rows: Iterable[Json], folder: Path) -> Iterator[Json]:
    """Yield what `fatiao extract` writes for each row, in order.

    Pages of one `site` are worked on together, as `pipeline.template.site.extract_site` does it.
    """
    listed = list(rows)
    pages = [_page_file(row, folder) for row in listed]
    extracted = _extract_files([page for page in pages if isinstance(page, PageFile)])
    results = [page if isinstance(page, Rejection) else next(extracted) for page in pages]
    sites: dict[str, list[int]] = {}
    for index, row in enumerate(listed):
        if row.get("site"):
            sites.setdefault(str(row["site"]), []).append(index)
    for indexes in sites.values():
        cleaned = without_shared_lines([results[index] for index in indexes])
        for index, result in zip(indexes, cleaned, strict=True):
            results[index] = result
    for row, result in zip(listed, results, strict=True):
        yield {"id": row["id"]} | _result_json(result)


def _extract_files(files: Sequence[PageFile]) -> Iterator[Article | Rejection]:
    for result in map_bounded(_extract_file, files, preload=__name__):
        if isinstance(result, Overrun):
            yield Rejection(reason=RejectionReason(result.limit), detail=result.detail)
        else:
            yield result


def _extract_file(file: PageFile) -> Article | Rejection:
    try:
        html = decode(file.path.read_bytes(), None).text
    except OSError as error:
        return Rejection(reason=RejectionReason.ERROR, detail=str(error))
    return extract_page(Page(html=html, url=file.url, fetched_at=file.fetched_at))


def _result_json(result: Article | Rejection) -> Json:
    if isinstance(result, Rejection):
        return {"rejected": str(result.reason), "detail": result.detail}
    published = result.published
    at = published.at or published.on if published else None
    return {
        "title": result.title,
        "author": result.author,
        "category": result.category,
        "published_at": at.isoformat() if at else None,
        "published_precision": published.precision if published else None,
        "published_evidence": published.evidence if published else None,
        "canonical_url": result.canonical_url,
        "extractor": result.extractor,
        "text": result.text,
    }


def _page_file(row: Json, folder: Path) -> PageFile | Rejection:
    try:
        at = _time(row.get("fetched_at"))
    except InputError as error:
        return Rejection(reason=RejectionReason.ERROR, detail=str(error))
    return PageFile(path=folder / row["html_path"], url=row.get("url"), fetched_at=at)


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if value else None
    except (TypeError, ValueError) as error:
        raise InputError(
            f"fetched_at: not an ISO 8601 time: {value!r}; write it as 2025-10-21T07:12:34+08:00"
        ) from error
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=BEIJING)  # pages of Chinese sites; a time without a zone is theirs
    return at
