"""`fatiao retain`: thin out the archive."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from crawler.frontier.store import open_frontier_readonly
from crawler.lock import project_lock
from crawler.sources import Project
from warehouse import run as job
from warehouse.build import build
from warehouse.cli.project import the_project
from warehouse.exits import Exit
from warehouse.retain import Surplus, drop, find_surplus

POLICY: Final = "first,changed"
_UNITS: Final = {"d": 1, "w": 7, "y": 365}  # days


class Age(click.ParamType[timedelta]):
    """A length of time such as 90d, 12w or 2y."""

    name = "AGE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the time."""
        if isinstance(value, timedelta):
            return value
        text = str(value)
        if text[-1:] not in _UNITS or not text[:-1].isdecimal():
            self.fail(f"{text!r} is no age; write 365d, 12w or 2y", param, ctx)
        return timedelta(days=int(text[:-1]) * _UNITS[text[-1]])


@click.command()
@click.option(
    "--keep",
    required=True,
    type=click.Choice([POLICY]),
    help="What to keep: the first page of each URL, and those whose text had changed.",
)
@click.option("--older-than", type=Age(), default="365d", help="Only such; default: 365d.")
@click.option("--yes", is_flag=True, help="Do it.  Without this it is only said what would go.")
@click.pass_obj
def retain(folder: Path | None, keep: str, older_than: timedelta, yes: bool) -> int:
    """Thin out the archive: drop records that brought nothing new.

    Articles, their versions and citations stay, also after a rebuild; the newest record of each
    URL stays in any case.  Files are written anew and swapped in whole, so that it can be killed
    anywhere; while it works there must be room for a second copy of the largest of them.
    """
    del keep  # there is one policy so far; it has to be named, because what goes is gone
    project = the_project(folder)
    now = datetime.now(UTC)
    with project_lock(project):
        with open_frontier_readonly(project.frontier):
            pass  # says so where nothing was crawled yet
        build(project, now=now, is_time_up=lambda: False, progress=lambda _done, _all: None)
        surplus = find_surplus(project, now - older_than)
        click.echo(_words(surplus, older_than))
        if not surplus.fetch_ids:
            return Exit.OK
        if not yes:
            click.echo("Nothing was changed.  To do this, give the command again with --yes")
            return Exit.OK
        return _drop(project, surplus, now)


def _drop(project: Project, surplus: Surplus, now: datetime) -> Exit:
    freed = drop(project, surplus)
    publication = job.check_and_publish(project, now=now)
    click.echo(f"Dropped {len(surplus.fetch_ids)} records; {_size(freed)} are free again.")
    for failure in publication.failures:
        click.echo(f"fatiao: not published: {failure}", err=True)
    return publication.exit


def _words(surplus: Surplus, older_than: timedelta) -> str:
    if not surplus.fetch_ids:
        return f"No record older than {older_than.days} days brought nothing new."
    oldest = f", the oldest of {surplus.oldest:%Y-%m-%d}" if surplus.oldest else ""
    return (
        f"{len(surplus.fetch_ids)} of {surplus.records} records brought nothing new{oldest}:"
        f" {_size(surplus.bytes)} of {_size(surplus.archive_bytes)},"
        f" in {len(surplus.files)} files that would be written anew."
    )


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 100_000 else f"{number} bytes"
