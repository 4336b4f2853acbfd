"""The command `fatiao docs`: the data dictionary, from the comments inside the file."""

from pathlib import Path
from typing import Final

import click
import duckdb

from warehouse.dictionary import describe
from warehouse.exits import InputError
from warehouse.store import open_published, open_warehouse

DICTIONARY: Final = Path("warehouse/docs/DATA.md")  # in a checkout
_STDOUT: Final = Path("-")


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Describe this published file instead of what this version of fatiao makes.",
)
def docs(target: Path | None, file: Path | None) -> None:
    """Write the data dictionary to TARGET, as Markdown; - is standard output.

    Default: warehouse/docs/DATA.md in a checkout of fatiao, else DATA.md here.
    """
    text = _of_file(file) if file else _of_this_version()
    target = target or (DICTIONARY if DICTIONARY.parent.is_dir() else Path(DICTIONARY.name))
    if target == _STDOUT:
        click.echo(text, nl=False)
    else:
        target.write_text(text, encoding="utf-8")
        click.echo(f"Written: {target}")


def _of_this_version() -> str:
    with open_warehouse(":memory:") as connection:
        return describe(connection)


def _of_file(file: Path) -> str:
    try:
        with open_published(file) as connection:
            return describe(connection)
    except duckdb.Error as error:
        raise InputError(f"{file}: cannot be read: {str(error).splitlines()[0]}") from error
