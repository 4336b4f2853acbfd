"""The commands that ask the published file: `fatiao sql` and `fatiao raw`."""

import shutil
import sys
from pathlib import Path
from typing import Final

import click
import duckdb

from crawler.sources import CONFIG_NAME, ConfigError, Project, find_project, load_project
from warehouse.cli.results import Render, Result, as_csv, as_json, as_table, run_statements
from warehouse.cli.shell import examples, run_shell
from warehouse.exits import InputError
from warehouse.lake.connect import LakeError
from warehouse.provenance import Evidence, EvidenceError, find_evidence
from warehouse.public import open_public, place_of
from warehouse.store import list_sql, open_published, read_sql

DATA_ERROR: Final = 65  # as the README lists the exit codes

_FORMATS: Final[dict[str, Render]] = {"csv": as_csv, "json": as_json}
_FOLDER: Final = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with fatiao.toml.  Default: the nearest one, upward from here.",
)
_FILE: Final = click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A published file elsewhere, instead of the folder's public/fatiao.duckdb.",
)


class DataError(click.ClickException):
    """What was asked for is not there, or the question is wrong; one line says which."""

    exit_code = DATA_ERROR

    def show(self, file: object = None) -> None:
        """Print the message as the other commands do."""
        del file
        click.echo(f"fatiao: {self.message}", err=True)


@click.command()
@click.argument("query", required=False)
@click.option("--csv", "form", flag_value="csv", help="Write CSV, safe to open in a spreadsheet.")
@click.option("--json", "form", flag_value="json", help="Write a JSON array, an object a row.")
@click.option("--example", help="Run one of the questions that come with fatiao, by name.")
@click.option("--examples", "list_them", is_flag=True, help="List those questions.")
@_FILE
@_FOLDER
@click.pass_obj
def sql(
    obj: Path | None,
    query: str | None,
    form: str | None,
    example: str | None,
    list_them: bool,
    file: Path | None,
    folder: Path | None,
) -> None:
    """Run a read-only QUERY on the published file.

    \b
      fatiao sql "SELECT provision, count(*) AS n FROM citations GROUP BY ALL ORDER BY n DESC"
      fatiao sql "FROM cites('民法典', 675)" --csv > cites.csv
      fatiao sql --examples        questions to begin with
      fatiao sql --example repealed_still_cited
      fatiao sql                   a small shell; .help and .tables there

    Without QUERY, statements are read from standard input; on a terminal a shell opens.  The
    query can read this one file and nothing else.  In CSV, text that a spreadsheet would take
    for a formula gets a ' before it.
    """  # noqa: D301 - \b tells click to keep the lines
    if list_them:
        _show(examples(), form)
        return
    project = _project(folder or obj)
    with _open(file, project) as connection:
        text = _statements(query, example)
        if text is None:
            history = project.log / "sql_history" if project and not file else None
            run_shell(connection, lambda result: _show(result, form), history)
            return
        try:
            for result in run_statements(connection, text):
                _show(result, form)
        except duckdb.Error as error:
            raise DataError(_one_line(error)) from error


@click.command()
@click.argument("citation_id")
@click.option("--text", "whole", is_flag=True, help="Write the whole page, as decoded.")
@_FILE
@_FOLDER
@click.pass_obj
def raw(
    obj: Path | None,
    citation_id: str,
    whole: bool,
    file: Path | None,
    folder: Path | None,
) -> None:
    """Show where CITATION_ID was read, and check those bytes in the archive.

    \b
      fatiao raw 0f3c5a…           where it stands: page, WARC file, offset, digest, the words
      fatiao raw 0f3c5a… --text    the whole page to standard output

    The ids are the column citation_id of the view citations.  Ends with 65 when the archive does
    not hold the bytes that the warehouse was built from.
    """  # noqa: D301 - see sql
    project = _project(folder or obj)
    if project is None:
        raise DataError("no fatiao.toml here or above, so no archive; give --folder")
    with _open(file, project) as connection:
        try:
            evidence = find_evidence(connection, project.archive, citation_id)
        except EvidenceError as error:
            raise DataError(str(error)) from error
    click.echo(evidence.page if whole else _describe(evidence))


def _project(folder: Path | None) -> Project | None:
    """Mostly the folder's layout is wanted; a fault in fatiao.toml must not keep its data away."""
    file = folder / CONFIG_NAME if folder is not None else find_project(Path.cwd())
    if file is None:
        return None
    try:
        return load_project(file)
    except ConfigError:
        return Project(file=file, folder=file.parent)


def _open(file: Path | None, project: Project | None) -> duckdb.DuckDBPyConnection:
    if file is None and project is None:
        raise DataError("no fatiao.toml here or above; give --folder or --file, or: fatiao init")
    try:
        if file is None and project is not None:
            return open_public(project)
        if file is None or not file.is_file():
            raise DataError(f"{file}: nothing has been published yet; run: fatiao run")
        return open_published(file)
    except (InputError, LakeError) as error:
        raise DataError(str(error)) from error
    except duckdb.Error as error:
        place = file or (place_of(project) if project else "")
        raise DataError(f"{place}: cannot be opened: {_one_line(error)}") from error


def _statements(query: str | None, example: str | None) -> str | None:
    """Return what to run, or None to open the shell."""
    if example is not None:
        if example not in list_sql("examples"):
            raise DataError(f"no example {example!r}; fatiao sql --examples lists them")
        return read_sql(f"examples/{example}.sql")
    if query is not None:
        return query
    return None if sys.stdin.isatty() else sys.stdin.read()


def _show(result: Result, form: str | None) -> None:
    if form is None:
        click.echo(as_table(result, _terminal_width()))
    else:
        click.echo(_FORMATS[form](result))


def _terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _one_line(error: duckdb.Error) -> str:
    """The first line says what is wrong; the rest draws an arrow below the statement."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    near = next((line for line in lines if line.startswith("LINE ")), "")
    return f"{lines[0]} ({near})" if near else lines[0]


def _describe(evidence: Evidence) -> str:
    return "\n".join(f"{name:<10}{value}" for name, value in evidence.facts)
