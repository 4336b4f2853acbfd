"""`fatiao frontier`: where what is known of the sites is kept."""

from pathlib import Path

import click

from crawler.config_values import read_frontier
from crawler.frontier.ledger import recover
from crawler.frontier.place import Dsn
from crawler.frontier.store import open_frontier
from crawler.frontier.trouble import FrontierError
from crawler.lock import project_lock
from crawler.sources import ConfigError, Project
from crawler.toml_edit import name_frontier
from warehouse.cli.project import the_project
from warehouse.exits import UsageError


@click.group()
def frontier() -> None:
    """Move what is known of the sites to where several machines share it."""


@frontier.command()
@click.argument("url", metavar="postgres://…", required=False)
@click.pass_obj
def move(folder: Path | None, url: str | None) -> None:
    """Move the frontier from its file into an empty Postgres database, and name it in fatiao.toml.

    All or nothing; given again, it says what is there.  The file data/frontier.sqlite stays as it
    is and is not used any more.  Archive and warehouse go on as they were: pages that are in
    data/archive stay on this machine.
    """
    project = the_project(folder)
    if not project.frontier_file.exists():
        raise FrontierError(f"{project.frontier_file}: there is none to be moved")
    dsn = _target(project, url)
    from crawler.frontier.move import move as move_frontier  # noqa: PLC0415 - of an extra

    with project_lock(project):
        with open_frontier(project.frontier_file) as old:
            recover(old, project.archive_folder)
        moved = move_frontier(project.frontier_file, dsn)
        if project.database is None:
            name_frontier(project.file, dsn.url)
    rows = moved.rows
    done = "moved" if moved.is_new else "were there already"
    click.echo(
        f"{dsn}: {rows['url']} URLs, {rows['fetch']} requests, {rows['run']} runs and all else"
        f" {done}; {project.file} names it, {project.frontier_file} is used no more"
    )


def _target(project: Project, url: str | None) -> Dsn:
    """Return the database that is named here, or in fatiao.toml, as one that may stand there."""
    if project.database is not None:
        if url not in (None, project.database.url):
            raise UsageError(f"{project.file} names {project.database} already; give no other")
        return project.database
    if url is None:
        raise UsageError("give the database: fatiao frontier move postgres://user@host/database")
    try:
        return read_frontier(url)
    except ValueError as error:
        raise ConfigError(f"{project.file}: fatiao.frontier: {error}") from None
