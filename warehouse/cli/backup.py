"""`fatiao backup`: copy what cannot be made again."""

from pathlib import Path

import click

from warehouse.backup import backup as copy_project
from warehouse.cli.project import the_project


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
def backup(folder: Path | None, target: Path) -> None:
    """Copy what cannot be made again to the folder TARGET, also while a run is on.

    That is fatiao.toml, the archive, the frontier, corrections, statute texts and templates.  Given
    again, TARGET is brought up to date; only what is new in the archive is copied.

    \b
    To restore, copy the folder back (or use it where it is), and then:
      fatiao --folder TARGET build
      fatiao --folder TARGET publish
    """  # noqa: D301 - click wants its own \b, not two characters
    report = copy_project(the_project(folder), target)
    click.echo(
        f"{target}: {report.bytes:,} bytes copied; {report.files} segments of the archive"
        f" copied or gone on with, {report.kept} were there"
    )
