"""Options that several commands take."""

from pathlib import Path
from typing import Final

import click

INPUT: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    expose_value=False,
    help="Folder of imported statute texts and learned templates; this version has neither,"
    " and takes the option so that scripts can already give it.",
)
