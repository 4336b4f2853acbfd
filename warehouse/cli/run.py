"""`fatiao run`: the command for cron."""

from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.frontier.store import open_frontier
from crawler.lock import LockedError, project_lock
from crawler.sources import Project
from warehouse import run as job
from warehouse.cli.locking import wait_for_lock
from warehouse.cli.options import JSON, RUN_FOR, SOURCE
from warehouse.cli.progress import Progress
from warehouse.cli.project import the_project
from warehouse.cli.telling import tell_json, tell_run
from warehouse.exits import Exit
from warehouse.notify import Outcome, WebhookError, notify


@click.command()
@RUN_FOR
@SOURCE
@JSON
@click.option("--wait", is_flag=True, help="Wait for another fatiao at work here to end.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if all is well (code 0).")
@click.option("-v", "--verbose", is_flag=True, help="Say who is at work here, if not we.")
@click.pass_obj
def run(
    folder: Path | None,
    run_for: float | None,
    sources: tuple[str, ...],
    as_json: bool,
    wait: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Crawl what is due within the time, build, check and publish; the command for cron.

    Safe to run every hour: a second run meanwhile ends at once with code 75, a killed one is
    taken up by the next, and what was published stays as it is until the new copy is whole.
    """
    project = the_project(folder, sources)
    if not sources and not any(source.enabled for source in project.sources):
        click.echo(f"{project.file}: no source is enabled: fatiao sources enable NAME", err=True)
    seconds = run_for or project.run_for
    tell_holder = _tell_holder if verbose else _tell_nothing
    lock = wait_for_lock(project, seconds, tell_holder) if wait else project_lock(project, seconds)
    try:
        with lock, Progress() as progress:
            report = job.run(
                project,
                sources=sources or None,
                run_for=seconds,
                now=datetime.now(UTC),
                watch=job.Watch(crawling=progress.crawling, building=progress.building),
            )
            _tell_webhook(project, report)
    except LockedError as error:
        if not verbose:
            raise
        tell_holder(error)
        return Exit.LOCKED
    if not quiet or report.exit:
        tell = tell_json if as_json else tell_run
        tell(project, report)
    return report.exit


def _tell_holder(error: LockedError) -> None:
    click.echo(f"fatiao: {error}", err=True)


def _tell_nothing(_error: LockedError) -> None:
    """Cron would send it by mail every hour."""


def _tell_webhook(project: Project, report: job.RunReport) -> None:
    if not project.webhook:
        return
    outcome = Outcome(
        run_id=report.crawl.run_id,
        project=project.folder.resolve().name,
        sources=tuple(source.name for source in project.sources if source.enabled),
        health=report.health,
        unpublished="; ".join(map(str, report.publication.failures)),
    )
    try:
        with open_frontier(project.frontier) as frontier:
            notify(frontier, project.webhook, outcome, datetime.now(UTC))
    except WebhookError as error:
        click.echo(f"fatiao: {error}; the next run tries again", err=True)
