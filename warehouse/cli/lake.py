"""`fatiao lake`: who publishes into the lake, what it keeps, and how to attach it elsewhere."""

from pathlib import Path

import click

from crawler.lake import Lake
from crawler.lock import project_lock
from crawler.sources import Project
from warehouse.cli.project import the_project
from warehouse.exits import Exit, InputError
from warehouse.lake.connect import open_lake, persistently, snapshots
from warehouse.lake.reading import attach_script
from warehouse.lake.register import Publication, publications, take_over


@click.command()
@click.option("--attach", "step", flag_value="attach", help="Print SQL that attaches the lake.")
@click.option(
    "--take-over",
    "step",
    flag_value="take-over",
    help="Publish under this name from this folder, the former being gone.",
)
@click.pass_obj
def lake(folder: Path | None, step: str | None) -> int:
    """Say who publishes into the lake of fatiao.toml, and which snapshots it keeps.

    \b
      fatiao lake
      fatiao lake --attach > lake.sql     for any DuckDB with its extensions

    An earlier snapshot is asked in SQL, table by table, after --attach:
    FROM lake."north".core_article AT (VERSION => 17)
    """  # noqa: D301 - \b tells click to keep the lines
    project = the_project(folder)
    place = project.lake
    if place is None:
        mend = 'write warehouse = "ducklake:postgres://…" under [publish]'
        raise InputError(f"{project.file}: names no lake; {mend}")
    if step == "attach":
        click.echo(attach_script(place), nl=False)
    elif step == "take-over":
        with project_lock(project):
            _take_over(project, place)
    else:
        _tell(place)
    return Exit.OK


def _tell(place: Lake) -> None:
    def ask() -> tuple[list[Publication], list[int]]:
        with open_lake(place) as connection:
            return publications(connection), snapshots(connection)

    known, kept = persistently(place, ask)
    click.echo(f"{place}: files in {place.files}")
    for one in known:
        when = one.published_at.isoformat(sep=" ", timespec="seconds") if one.published_at else "-"
        here = " (this folder's name)" if one.publisher == place.publisher else ""
        click.echo(f"  {one.publisher}{here}: {one.articles} articles, published {when}")
        click.echo(f"      sources: {', '.join(one.sources) or 'none'}")
    click.echo(f"  snapshots: {', '.join(map(str, kept))}")


def _take_over(project: Project, place: Lake) -> None:
    def work() -> Publication | None:
        with open_lake(place) as connection:
            return take_over(connection, project, place)

    taken = persistently(place, work)
    what = f"its {taken.articles} articles" if taken else "nothing is there yet, so nothing"
    click.echo(f"{place.publisher}: {what} belong to this folder now; run: fatiao publish")
