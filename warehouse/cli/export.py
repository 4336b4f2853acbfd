"""The command `fatiao export`: the published views as Parquet or CSV."""

from pathlib import Path

import click
import duckdb

from warehouse.cli.endings import is_full
from warehouse.cli.project import the_project
from warehouse.exits import InputError
from warehouse.export import Format, export
from warehouse.public import public_place


@click.command("export")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),  # of an Enum it would take the names
    default=Format.PARQUET.value,
    show_default=True,
)
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A published file elsewhere, instead of the folder's public/fatiao.duckdb.",
)
@click.pass_obj
def export_(folder: Path | None, target: Path, form: str, file: Path | None) -> None:
    """Write the published views into the folder TARGET, with a manifest.

    An earlier export there is replaced whole.  Parquet comes with a sources.yml for dbt; in CSV,
    text that a spreadsheet would take for a formula gets a ' before it.
    """
    published = file or public_place(the_project(folder))
    try:
        manifest = export(published, target, Format(form))
    except duckdb.Error as error:
        if is_full(error):
            raise
        reason = str(error).splitlines()[0]
        raise InputError(f"{published}: cannot be exported: {reason}") from error
    for name, described in manifest["files"].items():
        click.echo(f"{described['rows']:>10}  {target / name}")
