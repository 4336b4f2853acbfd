"""`fatiao cite`: the statute citations in a text, found and checked, or in many.

The shape of what it writes is an interface: fields may be added, never changed.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from pipeline.cite.check import CheckedCitation, as_json
from pipeline.cite.check import cite as find_and_check
from pipeline.statutes import Place, load_registry
from pipeline.texts import StatuteTexts
from warehouse.cli.options import INPUT, TEXTS_FOLDER
from warehouse.cli.project import statutes_folder
from warehouse.exits import InputError
from warehouse.jsonl import Json, is_many, read_lines, read_text, write_lines
from warehouse.report.marked import marked_page
from warehouse.texts import open_texts


@click.command()
@click.argument("text", type=INPUT)
@click.option("--as-of", help="The day whose law counts, YYYY-MM-DD.  Default: today.")
@click.option("--html", "as_html", is_flag=True, help="Write the text as a page, marked.")
@TEXTS_FOLDER
@click.pass_obj
def cite(
    obj: Path | None, text: Path, as_of: str | None, as_html: bool, folder: Path | None
) -> None:
    """Find and check the statute citations in TEXT, UTF-8, or in each text of a .jsonl.

    A row of the .jsonl: {id, text, as_of?, title?}.  Out comes {id, citations: [{start, end, raw,
    canonical, article, ..., verdict, correction, ...}]}; offsets count code points, half-open.
    """
    texts = open_texts(statutes_folder(folder or obj))
    today = datetime.now(UTC).astimezone().date()
    if as_html:
        click.echo(_page(text, as_of, today, texts), nl=False)
        return
    if not is_many(text):
        _day(as_of)
        row = {"id": text.stem, "text": read_text(text), "as_of": as_of}
        (result,) = cite_rows([row], today, texts)
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
        return
    _day(as_of)
    rows = read_lines(text, required=("id", "text"))
    write_lines(cite_rows(({"as_of": as_of} | row for row in rows), today, texts))


def _page(file: Path, as_of: str | None, today: date, texts: StatuteTexts) -> str:
    if is_many(file):
        raise click.UsageError("--html shows one text, not a .jsonl")
    registry, body = load_registry(), read_text(file)
    day = _day(as_of) or today

    def words(title: str, place: Place) -> str | None:
        acts = registry.find(title)
        versions = registry.versions_of(acts[0].statute_id) if len(acts) == 1 else ()
        if not versions:
            return None
        # Of a law out of force, the words that it had last.
        version = registry.in_force_on(acts[0].statute_id, day) or versions[-1]
        held = texts.text_of(version)
        return held.article(place) if held else None

    found = find_and_check(body, as_of=day, today=today, registry=registry, texts=texts)
    return marked_page(f"{file.stem} · {day}", body, found, words)


def cite_rows(rows: Iterable[Json], today: date, texts: StatuteTexts) -> Iterator[Json]:
    """Yield what `fatiao cite` writes for each row, in order."""
    for row in rows:
        try:
            found = _cite(row, _day(row.get("as_of")) or today, today, texts)
        except InputError as error:
            yield {"id": row["id"], "citations": [], "rejected": "error", "detail": str(error)}
        else:
            yield {"id": row["id"], "citations": [as_json(one) for one in found]}


def _cite(row: Json, as_of: date, today: date, texts: StatuteTexts) -> list[CheckedCitation]:
    return find_and_check(
        str(row["text"]),
        as_of=as_of,
        today=today,
        registry=load_registry(),
        title=str(row["title"]) if row.get("title") else None,
        texts=texts,
    )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError as error:
        raise InputError(f"as_of: not a day: {value!r}; write it as 2025-10-21") from error
