"""`fatiao forget`: take a page or a site out for good, and prove it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from crawler.forget import read_target
from crawler.frontier.store import has_frontier
from crawler.frontier.trouble import FrontierError
from crawler.lock import project_lock
from warehouse import run as job
from warehouse.cli.project import the_project
from warehouse.exits import Exit, InputError
from warehouse.forget import Plan, carry_out, plan_forget
from warehouse.proof import Searched, prove

SHOWN: Final = 10  # URLs listed; the rest is counted


@click.command()
@click.argument("target", metavar="URL|HOST")
@click.option("--because", required=True, help="The reason, kept with the tombstone.")
@click.option("--yes", is_flag=True, help="Do it.  Without this it is only said what would go.")
@click.pass_obj
def forget(folder: Path | None, target: str, because: str, yes: bool) -> int:
    """Take a page, or a host with all its subdomains, out for good.

    It is never fetched again, also after a rebuild; its records leave the archive, whose files are
    written anew without them; what was derived from it leaves the warehouse; a new snapshot is
    published and all older ones are removed.  Afterwards everything is searched for it.

    Not undone by anything but a copy of the folder.  Copies that others have made are not reached.
    """
    project = the_project(folder)
    name = read_target(target)
    if name is None:
        raise InputError(f"{target}: neither a URL (http://host/path) nor a host")
    if not has_frontier(project.frontier):
        raise FrontierError(f"{project.frontier}: nothing has been crawled yet")
    with project_lock(project):
        plan = plan_forget(project, name)
        click.echo("\n".join(_words(plan)))
        if not yes:
            click.echo("Nothing was changed.  To do this, give the command again with --yes")
            return Exit.OK
        now = datetime.now(UTC)
        publications: list[job.Publication] = []
        plan = carry_out(
            project,
            plan,
            because,
            now,
            lambda: publications.append(job.publish_what_is_left(project, now=now)),
        )
        searched = prove(project, plan.doomed.mentions)
    click.echo("\n".join(_proof(plan, searched)))
    failures = [failure for one in publications for failure in one.failures]
    for failure in failures:
        click.echo(f"fatiao: not published: {failure}", err=True)
    if any(one.found for one in searched):
        return Exit.DATA
    return Exit.NOT_PUBLISHED if failures else Exit.OK


def _words(plan: Plan) -> Iterator[str]:
    doomed = plan.doomed
    yield f"To be forgotten: {doomed.target}"
    yield f"  frontier   {len(doomed.urls)} URLs, {len(doomed.fetch_ids)} requests"
    yield from (f"             {url}" for url in doomed.urls[:SHOWN])
    if len(doomed.urls) > SHOWN:
        yield f"             … and {len(doomed.urls) - SHOWN} more"
    yield f"  archive    {doomed.records} records in {doomed.segments} files"
    if doomed.lists:
        yield f"             {len(doomed.lists)} more of lists that name it"
    yield (
        f"  warehouse  {plan.articles} articles, {plan.versions} versions of their text,"
        f" {plan.citations} citations"
    )
    yield f"  snapshots  {plan.snapshots} hold some of it"
    if plan.reposts:
        yield f"  {len(plan.reposts)} reposts elsewhere stay, forget them by their own URLs:"
        yield from (f"             {url}" for url in plan.reposts[:SHOWN])


def _proof(plan: Plan, searched: list[Searched]) -> Iterator[str]:
    names = plan.doomed.mentions
    by = f"{len(names.urls)} URLs and {len(names.titles)} titles"
    yield f"Forgotten.  Everything in the folder was searched for {by}:"
    for one in searched:
        yield f"  {one.place:<22} {one.looked_at} {one.what}: {one.found} of it found"
    theirs = sum(one.elsewhere for one in searched)
    if theirs:
        yield f"Other articles name it in their own words, in {theirs} places; these stay."
    for url in plan.doomed.starts:
        yield f"fatiao.toml still names {url}; take it out there."
    yield "The tombstone alone still names it, so that it is never fetched again."
