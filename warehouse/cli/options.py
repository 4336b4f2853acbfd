"""Options that several commands take."""

from pathlib import Path
from typing import Final

import click

INPUT: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    expose_value=False,
    help="Folder of learned templates; this version has none, and takes the option so that"
    " scripts can already give it.",
)
TEXTS_FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with fatiao.toml, or with data/statutes or statutes: the words of statutes"
    " imported there are compared.  Default: the nearest fatiao.toml upward, else this folder.",
)
