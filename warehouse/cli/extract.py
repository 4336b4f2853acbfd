"""`fatiao extract`: the article out of a page, or out of many, and why each line is in or not.

The shape of what it writes is an interface: fields may be added, never changed.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from pipeline.article import Article, Page, Rejection
from pipeline.explain import explain as explain_page
from pipeline.parts.record import Part
from warehouse.cli.options import INPUT, TEMPLATES_FOLDER
from warehouse.cli.terminal import tamed
from warehouse.exits import InputError
from warehouse.jsonl import Json, is_many, read_lines, write_lines
from warehouse.page_files import PageFile, page_file, parse_time, read_file, read_rows
from warehouse.pool import Overrun, map_bounded
from warehouse.report.overlay import overlay
from warehouse.templates import newest, reader_of, versions_of


@click.command()
@click.argument("page", type=INPUT)
@click.option("--url", help="The page's URL, for its links and its site's name.")
@click.option("--fetched-at", help="When it was fetched, ISO 8601; relative dates count from it.")
@click.option("--source", help="Read it by what was learned of this source in the folder.")
@click.option(
    "--explain", "is_explained", is_flag=True, help="Say of each line why it is in or not."
)
@click.option(
    "--html",
    "html_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the explanation to this file too, as the page with its lines marked.",
)
@TEMPLATES_FOLDER
@click.pass_obj
def extract(
    obj: Path | None,
    page: Path,
    url: str | None,
    fetched_at: str | None,
    source: str | None,
    is_explained: bool,
    html_file: Path | None,
    folder: Path | None,
) -> None:
    """Take the article out of PAGE, an HTML file, or of each page that a .jsonl names.

    A row of the .jsonl: {id, html_path, url?, fetched_at?, site?}, html_path relative to the
    .jsonl's folder; from five rows of one site on, its template is learned from them and used,
    unless the folder has one.  Out comes {id, title, author, category, published_at,
    published_precision, published_evidence, text, ...} or {id, rejected}.
    """
    templates = (folder or obj or Path()) / "data" / "templates"
    if is_many(page):
        if is_explained or html_file:
            raise click.UsageError("--explain and --html show one page, not a .jsonl")
        rows = list(read_lines(page, required=("id", "html_path")))
        write_lines(extract_rows(rows, page.parent, templates))
        return
    parse_time(fetched_at)
    row = {"id": page.stem, "html_path": page.name, "url": url, "fetched_at": fetched_at}
    if source is not None and not versions_of(templates, source):
        raise click.UsageError(f"nothing was learned of {source!r} in {templates}")
    if is_explained or html_file:
        _explain(page_file(row, page.parent), newest(templates, source), html_file)
        return
    (result,) = extract_rows([row | {"site": source}], page.parent, templates)
    click.echo(json.dumps(result, ensure_ascii=False, indent=1))


def extract_rows(rows: Sequence[Json], folder: Path, templates: Path) -> Iterator[Json]:
    """Yield what `fatiao extract` writes for each row, in order."""
    for row, result in zip(rows, read_rows(rows, folder, templates), strict=True):
        yield {"id": row["id"]} | _result_json(result)


def _explain(file: PageFile | Rejection, template: Path | None, html_file: Path | None) -> None:
    if isinstance(file, Rejection):
        raise InputError(file.detail)
    file = replace(file, template=template)
    (found,) = map_bounded(_explanation, [file], preload=__name__)
    if isinstance(found, Overrun):
        raise InputError(f"{file.path}: {found.detail}")
    lines, page, summary = found
    click.echo(summary, err=True)
    write = _coloured if sys.stdout.isatty() else click.echo
    for is_kept, said, why in lines:
        write(f"{'+' if is_kept else '-'} {said}" + ("" if is_kept else f"   ← {why}"))
    if html_file is not None:
        html_file.write_text(page, encoding="utf-8")
        click.echo(f"Written: {html_file}", err=True)


def _coloured(line: str) -> None:
    """Write a line in its colour past the taming of the terminal, tamed before."""
    colour = "green" if line.startswith("+") else "bright_black"
    print(click.style(tamed(line), fg=colour), file=sys.__stdout__)


def _explanation(file: PageFile) -> tuple[list[tuple[bool, str, str]], str, str]:
    """Return each line, whether it is kept and why; the page with its lines marked; a summary."""
    page = read_file(file) or Page(html="")
    found = explain_page(page, reader_of(file.template) if file.template else None)
    lines = [(one.is_kept, one.line.marked, one.why) for one in found.lines]
    if isinstance(found.result, Rejection) and not lines:
        lines = [(False, "(no line)", f"{found.result.reason}: {found.result.detail}")]
    return lines, overlay(found, file.path.name), _summary(found.result, file)


def _summary(result: Article | Rejection, file: PageFile) -> str:
    """Return what became of a page in one line."""
    if isinstance(result, Rejection):
        return f"No article: {result.reason}, {result.detail}"
    published = result.published
    date = "no date" if file.fetched_at else "no date (3天前 and the like need --fetched-at)"
    if published:
        date = f"{published.on}, by “{published.evidence}” {published.place}"
    return f"{result.title} · {result.author or 'no author'} · {date} · read by {result.extractor}"


def _part_json(part: Part) -> Json:
    at = (part.published.at or part.published.on) if part.published else None
    return {
        "kind": str(part.kind),
        "start": part.start,
        "end": part.end,
        "author": part.author,
        "published_at": at.isoformat() if at else None,
        "is_accepted": part.is_accepted,
    }


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
        "published_place": published.place if published else None,
        "publisher": result.publisher,
        "tags": list(result.tags),
        "origin": result.origin.name if result.origin else None,
        "origin_url": result.origin.url if result.origin else None,
        "parts": [_part_json(part) for part in result.parts],
        "canonical_url": result.canonical_url,
        "extractor": result.extractor,
        "text": result.text,
    }
