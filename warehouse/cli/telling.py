"""What `fatiao run` and its parts say of what they did: lines for people, JSON for scripts."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Final

import click

from crawler.run import CrawlReport, SourceReport
from crawler.settings import MEMUSAGE_LIMIT_MB
from crawler.sources import Project
from warehouse import run as job
from warehouse.build import BuildReport
from warehouse.correct import OverrideReport
from warehouse.health.findings import finding_record
from warehouse.health.judgement import SourceHealth
from warehouse.public import place_of
from warehouse.snapshots import REPORT_NAME, read_manifest

MINUTE: Final = timedelta(minutes=1)


def tell_run(project: Project, report: job.RunReport) -> None:
    """Say what one run did."""
    tell_crawl(report.crawl)
    tell_build(report.build)
    for health in report.health:
        _tell_health(health)
    tell_publication(project, report.publication)


def tell_json(project: Project, report: job.RunReport) -> None:
    """Say what one run did as one JSON object."""
    click.echo(json.dumps(_run_json(project, report), ensure_ascii=False, default=str))


def tell_crawl(report: CrawlReport) -> None:
    """Say what was fetched, and what remains."""
    requests = sum(one.requests for one in report.sources)
    errors = sum(one.errors for one in report.sources)
    click.echo(f"Fetched {requests} pages from {len(report.sources)} sources, {errors} errors.")
    if report.outcome == "memory":
        click.echo(f"  the crawl was ended: it took more than {MEMUSAGE_LIMIT_MB} MB of memory")
    for one in report.sources:
        if one.remaining:
            click.echo(f"  {one.source}: {_remaining(report, one)}")
        if one.note:
            click.echo(f"  {one.source}: {one.note}")
    due = [one.next_due for one in report.sources if one.next_due]
    if due and not any(one.remaining for one in report.sources):
        click.echo(f"  nothing more is due until {min(due).astimezone():%Y-%m-%d %H:%M}")


def _remaining(report: CrawlReport, one: SourceReport) -> str:
    """Say how long what remains will take, if it goes on as in this run."""
    told = f"{one.remaining} pages remain for the next run"
    if report.outcome != "budget" or not one.requests:
        return told
    runs = -(-one.remaining // one.requests)
    minutes = one.remaining * (report.finished_at - report.started_at) / one.requests / MINUTE
    spent = f"{minutes / 60:.1f} hours" if minutes > 90 else f"{max(minutes, 1):.0f} min"
    more = "one more run" if runs == 1 else f"{runs} more runs"
    return f"{told}: as far as known, {spent} of crawling, {more} like this one"


def tell_build(report: BuildReport) -> None:
    """Say what the fetched pages turned out to be."""
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


def tell_publication(project: Project, publication: job.Publication) -> None:
    """Say whether it was published, why not, and what is in it."""
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
        reason = publication.report.reason
        click.echo(f"{reason[0].upper()}{reason[1:]}.")
    if project.public.exists():
        click.echo(f"  data    {place_of(project)}")
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


def tell_content(project: Project, digest: str) -> None:
    """Say the digest of what the warehouse holds, and whether that is what is published."""
    public = read_manifest(project.public)
    same = public is not None and public.get("content_digest") == digest
    click.echo(f"Content {digest}" + (", as it is published." if same else ", not published yet."))
