"""Options that several commands take."""

from pathlib import Path
from typing import Final

import click

from crawler.sources import parse_duration

INPUT: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    expose_value=False,
    help="Folder of learned templates; this version has none, and takes the option so that"
    " scripts can already give it.",
)
TEMPLATES_FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with fatiao.toml, whose learned templates are used.  Default: this folder.",
)
TEXTS_FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with fatiao.toml, or with data/statutes or statutes: the words of statutes"
    " imported there are compared.  Default: the nearest fatiao.toml upward, else this folder.",
)


class Duration(click.ParamType[float]):
    """A length of time such as 45m, 90s or 2h, in seconds."""

    name = "DURATION"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the seconds."""
        try:
            return value if isinstance(value, float) else parse_duration(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


RUN_FOR: Final = click.option(
    "--for", "run_for", type=Duration(), help="Time to spend, such as 45m.  Default: run_for."
)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
SOURCE: Final = click.option(
    "--source", "sources", multiple=True, help="Only this source; may be given again."
)
