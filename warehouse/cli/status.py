"""`fatiao status`: what is known of each source, and what is due."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.frontier.store import has_frontier, open_frontier_readonly
from crawler.frontier.summaries import SourceSummary
from crawler.sources import Project, Source
from warehouse.cli.project import the_project
from warehouse.public import place_of
from warehouse.snapshots import read_manifest


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
@click.pass_obj
def status(folder: Path | None, as_json: bool) -> None:
    """Say per source what is known: pages, articles, what is due and what stands in the way."""
    project = the_project(folder)
    now = datetime.now(UTC)
    summaries = _summaries(project, now)
    manifest = read_manifest(project.public)
    if as_json:
        rows = {
            source.name: {"enabled": source.enabled, "start": source.start}
            | (asdict(summaries[source.name]) if source.name in summaries else {})
            for source in project.sources
        }
        published = manifest and manifest["published_at"]
        found = {"sources": rows, "published_at": published}
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    for source in project.sources:
        click.echo(_words(source, summaries.get(source.name), now))
    if not project.sources:
        click.echo(f"{project.file}: no sources yet; add one with: fatiao sources add URL")
    if manifest:
        click.echo(f"published {manifest['published_at']}: {place_of(project)}")
    else:
        click.echo("nothing is published yet; run: fatiao run")


def _summaries(project: Project, now: datetime) -> dict[str, SourceSummary]:
    if not has_frontier(project.frontier):
        return {}
    with open_frontier_readonly(project.frontier) as frontier:
        return frontier.source_summary(now)


def _words(source: Source, known: SourceSummary | None, now: datetime) -> str:
    head = f"{source.name} ({source.start[0]})"
    if not source.enabled:
        head += ": disabled"
    if known is None:
        return f"{head}: not crawled yet"
    lines = [
        f"{head}: {known.articles} articles, {known.listings} listings, {known.urls} URLs known",
        _counts(known, now),
    ]
    if known.last_fetch:
        lines.append(f"  last fetch {known.last_fetch.astimezone():%Y-%m-%d %H:%M}")
    if known.waiting_until:
        until = known.waiting_until.astimezone()
        lines.append(f"  waiting until {until:%Y-%m-%d %H:%M}: {known.waiting_reason}")
    return "\n".join(lines)


def _counts(known: SourceSummary, now: datetime) -> str:
    return (
        f"  {_due(known, now)}; {known.queued} never fetched, {known.parked} set aside,"
        f" {known.gone} gone, {known.errors} failed last time"
    )


def _due(known: SourceSummary, now: datetime) -> str:
    if known.due_now:
        return f"{known.due_now} due now"
    if known.next_due and known.next_due > now:
        return f"next due {known.next_due.astimezone():%Y-%m-%d %H:%M}"
    return "nothing due"
