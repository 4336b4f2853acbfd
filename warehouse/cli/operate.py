"""`fatiao run`, and its parts apart: `crawl`, `build`, `publish`, `import`."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from crawler.frontier.store import open_frontier
from crawler.importer import ImportReport, import_warc
from crawler.lock import LockedError, project_lock
from crawler.run import CrawlReport
from crawler.run import crawl as crawl_sources
from crawler.sources import Project, parse_duration
from warehouse import run as job
from warehouse.build import BuildReport
from warehouse.build import build as build_warehouse
from warehouse.cli.locking import wait_for_lock
from warehouse.cli.progress import Progress
from warehouse.cli.project import the_project
from warehouse.correct import OverrideReport
from warehouse.exits import Exit
from warehouse.health.findings import finding_record
from warehouse.health.judgement import SourceHealth
from warehouse.notify import Outcome, WebhookError, notify
from warehouse.publish import DATABASE_NAME, REPORT_NAME, allow_again, withdraw
from warehouse.stale import discard


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


_FOR: Final = click.option(
    "--for", "run_for", type=Duration(), help="Time to spend, such as 45m.  Default: run_for."
)
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
_SOURCE: Final = click.option(
    "--source", "sources", multiple=True, help="Only this source; may be given again."
)


@click.command()
@_FOR
@_SOURCE
@_JSON
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
    seconds = run_for or project.run_for
    take_lock = wait_for_lock if wait else project_lock
    try:
        with take_lock(project, run_for=seconds), Progress() as progress:
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
        click.echo(f"fatiao: {error}", err=True)
        return Exit.LOCKED
    if not quiet or report.exit:
        tell = _tell_json if as_json else _tell_run
        tell(project, report)
    return report.exit


@click.command()
@_FOR
@_SOURCE
@click.pass_obj
def crawl(folder: Path | None, run_for: float | None, sources: tuple[str, ...]) -> int:
    """Fetch what is due and keep it in the archive; nothing else."""
    project = the_project(folder, sources)
    seconds = run_for or project.run_for
    with project_lock(project, run_for=seconds), Progress() as progress:
        report = crawl_sources(
            project, sources=sources or None, run_for=seconds, on_progress=progress.crawling
        )
    _tell_crawl(report)
    return Exit.INTERRUPTED if report.outcome == "interrupted" else Exit.OK


@click.command()
@click.option("--rebuild", is_flag=True, help="Make the warehouse again from the archive.")
@_FOR
@click.pass_obj
def build(folder: Path | None, rebuild: bool, run_for: float | None) -> int:
    """Clean, cite, verify and group what was fetched; no network is needed."""
    project = the_project(folder)
    seconds = run_for or float("inf")
    with project_lock(project, run_for=run_for or project.run_for), Progress() as progress:
        if rebuild:
            discard(project)
        report = build_warehouse(
            project,
            now=datetime.now(UTC),
            is_time_up=_timer(seconds),
            progress=progress.building,
        )
    _tell_build(report)
    return Exit.OK


@click.command()
@click.option("--back", "step", flag_value="back", help="Return to the snapshot before.")
@click.option("--again", "step", flag_value="again", help="Publish even what --back withdrew.")
@click.pass_obj
def publish(folder: Path | None, step: str | None) -> int:
    """Check the warehouse and publish a copy of it, if it says anything new.

    After --back no run publishes the same content again; new content it does.
    """
    project = the_project(folder)
    with project_lock(project, run_for=project.run_for):
        if step == "back":
            click.echo(f"Published: {withdraw(project).reason}.")
            return Exit.OK
        if step == "again":
            allow_again(project)
        publication = job.check_and_publish(project, now=datetime.now(UTC))
    _tell_publication(project, publication)
    return publication.exit


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", help="The source that the pages belong to.  Default: by their URLs.")
@click.pass_obj
def import_(folder: Path | None, files: tuple[Path, ...], source: str | None) -> int:
    """Take the pages of WARC files into the archive, with the times of their recording.

    Pages that are there already are not added again; run `fatiao build` afterwards.
    """
    project = the_project(folder, (source,) if source else ())
    problems = []
    with project_lock(project, run_for=project.run_for):
        for file in files:
            report = import_warc(project, file, source)
            click.echo(f"{file}: {_words(report)}")
            if report.problem:
                problems.append(report.problem)
    for problem in problems:
        click.echo(f"fatiao: {problem}; what comes before it was imported", err=True)
    return Exit.DATA if problems else Exit.OK


def _tell_run(project: Project, report: job.RunReport) -> None:
    _tell_crawl(report.crawl)
    _tell_build(report.build)
    for health in report.health:
        _tell_health(health)
    _tell_publication(project, report.publication)


def _tell_json(project: Project, report: job.RunReport) -> None:
    click.echo(json.dumps(_run_json(project, report), ensure_ascii=False, default=str))


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


def _words(report: ImportReport) -> str:
    return (
        f"{report.pages} of {report.responses} responses imported; {report.known} were there"
        f" already, {report.out_of_scope} belong to no source, {report.failures} are failures"
    )


def _timer(seconds: float) -> Callable[[], bool]:
    started = time.monotonic()
    return lambda: time.monotonic() - started > seconds


def _tell_crawl(report: CrawlReport) -> None:
    requests = sum(one.requests for one in report.sources)
    errors = sum(one.errors for one in report.sources)
    click.echo(f"Fetched {requests} pages from {len(report.sources)} sources, {errors} errors.")
    for one in report.sources:
        if one.remaining:
            click.echo(f"  {one.source}: {one.remaining} pages remain for the next run")
        if one.note:
            click.echo(f"  {one.source}: {one.note}")
    due = [one.next_due for one in report.sources if one.next_due]
    if due and not any(one.remaining for one in report.sources):
        click.echo(f"  nothing more is due until {min(due).astimezone():%Y-%m-%d %H:%M}")


def _tell_build(report: BuildReport) -> None:
    if report.remade:
        click.echo(f"Everything is built again from the archive: {report.remade}.")
    click.echo(
        f"Built {report.new} new and {report.changed} changed articles;"
        f" {report.rejected} pages are no article."
    )
    if report.remaining:
        click.echo(f"  {report.remaining} fetches remain to be built by the next run")
    _tell_overrides(report.overrides)


def _tell_overrides(report: OverrideReport) -> None:
    if report == OverrideReport():
        return
    click.echo(
        f"Corrections: {report.applied} applied, {report.unneeded} not needed any more,"
        f" {len(report.misfits)} no longer fit."
    )
    for misfit in report.misfits:
        click.echo(f"  {misfit}")


def _tell_health(health: SourceHealth) -> None:
    click.echo(f"  {health.source}: {health.state}: {health.reason}")
    for finding in health.findings:
        if finding.words != health.reason:
            click.echo(f"    {finding.words}")
        for url in finding.examples:
            click.echo(f"      {url}")


def _tell_publication(project: Project, publication: job.Publication) -> None:
    for failure in publication.failures:
        click.echo(f"not published: {failure}", err=True)
    counts = job.summary(project)
    if counts:
        click.echo(
            f"{counts['articles']} articles, {counts['reposts']} of them reposts in"
            f" {counts['clusters']} groups; {counts['citations']} citations:"
            f" {counts['repealed']} of repealed laws, {counts['no_such_article']} of articles that"
            f" do not exist, {counts['unknown_law']} of laws nobody knows,"
            f" {counts['wrong']} otherwise wrong."
        )
    if publication.report:
        click.echo(f"Published: {publication.report.reason}.")
    if project.public.exists():
        click.echo(f"  data    {project.public / DATABASE_NAME}")
        click.echo(f"  report  {project.public / REPORT_NAME}")


def _run_json(project: Project, report: job.RunReport) -> dict[str, object]:
    sources: dict[str, dict[str, object]] = {
        one.source: {
            "requests": one.requests,
            "ok": one.ok,
            "not_modified": one.not_modified,
            "errors": one.errors,
            "remaining": one.remaining,
            "next_due": one.next_due,
        }
        for one in report.crawl.sources
    }
    for health in report.health:
        sources[health.source] |= {
            "health": health.state,
            "reason": health.reason,
            "findings": [finding_record(one) for one in health.findings],
        }
    published = report.publication.report
    return {
        "run_id": report.crawl.run_id,
        "outcome": report.crawl.outcome,
        "exit": report.exit,
        "sources": sources,
        "new": report.build.new,
        "changed": report.build.changed,
        "rejected": report.build.rejected,
        "remaining_to_build": report.build.remaining,
        "overrides": asdict(report.build.overrides),
        "published": bool(published and published.published),
        "reason": published.reason if published else "a check failed",
        "failed_checks": [str(failure) for failure in report.publication.failures],
        "totals": job.summary(project),
    }
