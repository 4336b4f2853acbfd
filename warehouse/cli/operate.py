"""The parts of `fatiao run` apart: `crawl`, `build`, `publish`, `import`."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.importer import ImportReport, import_warc
from crawler.lock import project_lock
from crawler.run import crawl as crawl_sources
from crawler.sources import Project
from pipeline.template.layout import Template
from warehouse import run as job
from warehouse.build import BuildReport
from warehouse.build import build as build_warehouse
from warehouse.cli.options import RUN_FOR, SOURCE
from warehouse.cli.progress import Progress
from warehouse.cli.project import the_project
from warehouse.cli.telling import tell_build, tell_content, tell_crawl, tell_publication
from warehouse.cli.templates import tell_relearned
from warehouse.engine.choose import NAMES, engine_named
from warehouse.engine.part import discard_parts
from warehouse.engine.unit import PAGES
from warehouse.exits import Exit
from warehouse.publish import content_digest
from warehouse.relearn import changes, relearn, texts_of
from warehouse.snapshots import allow_again, withdraw
from warehouse.stale import discard
from warehouse.store import open_warehouse


@click.command()
@RUN_FOR
@SOURCE
@click.pass_obj
def crawl(folder: Path | None, run_for: float | None, sources: tuple[str, ...]) -> int:
    """Fetch what is due and keep it in the archive; nothing else."""
    project = the_project(folder, sources)
    seconds = run_for or project.run_for
    with project_lock(project, run_for=seconds), Progress() as progress:
        report = crawl_sources(
            project, sources=sources or None, run_for=seconds, on_progress=progress.crawling
        )
    tell_crawl(report)
    return Exit.OK if report.signal is None else Exit.of_signal(report.signal)


@click.command()
@click.option("--rebuild", is_flag=True, help="Make the warehouse again from the archive.")
@click.option(
    "--relearn",
    "is_relearned",
    is_flag=True,
    help="Learn the sites' templates anew, rebuild, and show which texts change.",
)
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(NAMES),
    help="Work on the pages ahead: on all cores (pool), or on a Ray cluster (ray).",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="With --engine: pieces of work at once."
)
@click.option(
    "--pages",
    type=click.IntRange(min=1),
    default=PAGES,
    show_default=True,
    help="With --engine: pages in one piece of work at most.",
)
@click.option("--keep-parts", is_flag=True, help="With --engine: leave the Parquet parts.")
@RUN_FOR
@click.pass_obj
def build(
    folder: Path | None,
    rebuild: bool,
    is_relearned: bool,
    engine_name: str | None,
    workers: int | None,
    pages: int,
    keep_parts: bool,
    run_for: float | None,
) -> int:
    """Clean, cite, verify and group what was fetched; no network is needed.

    A rebuild reads each page as it was read at first, by the templates that were learned then.
    With --engine the pages of each archive segment become Parquet parts in data/parts first; what
    is there from a build that was killed is not done again.  The result is the same.  When all is
    built the parts are removed.
    """
    engine = engine_named(engine_name, workers=workers, pages=pages) if engine_name else None
    project = the_project(folder)
    seconds = run_for or float("inf")
    with project_lock(project, run_for=run_for or project.run_for), Progress() as progress:
        before = texts_of(project) if is_relearned else {}
        taught = relearn(project) if is_relearned else []
        if rebuild or taught:
            discard(project)
        report = build_warehouse(
            project,
            now=datetime.now(UTC),
            is_time_up=_timer(seconds),
            progress=progress.building,
            engine=engine,
        )
        digest = _digest(project) if rebuild and not report.remaining else None
        if not (report.remaining or keep_parts):
            discard_parts(project.parts)
    tell_build(report)
    if digest is not None:
        tell_content(project, digest)
    if is_relearned:
        _tell_changes(project, before, taught, report)
    return Exit.OK


@click.command()
@click.option("--back", "step", flag_value="back", help="Return to the snapshot before.")
@click.option("--again", "step", flag_value="again", help="Publish even what --back withdrew.")
@click.option("--fewer", "step", flag_value="fewer", help="Publish though many articles are gone.")
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
        put_out = job.publish_what_is_left if step == "fewer" else job.check_and_publish
        publication = put_out(project, now=datetime.now(UTC))
    tell_publication(project, publication)
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
            elif not report.responses:
                problems.append(f"{file}: holds no response of a web server")
    for problem in problems:
        click.echo(f"fatiao: {problem}; what comes before it was imported", err=True)
    return Exit.DATA if problems else Exit.OK


def _tell_changes(
    project: Project, before: Mapping[str, str], taught: list[Template], report: BuildReport
) -> None:
    """Say what was learned anew and what became of the texts that are built again so far."""
    after = texts_of(project)
    seen = {url: before[url] for url in before if url in after or not report.remaining}
    tell_relearned(taught, changes(seen, after))


def _digest(project: Project) -> str:
    with open_warehouse(project.warehouse, project.memory) as db:
        return content_digest(db)


def _words(report: ImportReport) -> str:
    return (
        f"{report.pages} of {report.responses} responses imported; {report.known} were there"
        f" already, {report.out_of_scope} belong to no source, {report.failures} are failures"
    )


def _timer(seconds: float) -> Callable[[], bool]:
    started = time.monotonic()
    return lambda: time.monotonic() - started > seconds
