"""`fatiao why`: the whole history of one URL, in words."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.archive import ArchiveError
from crawler.frontier.history import History, read_history
from crawler.frontier.store import has_frontier, open_frontier, open_frontier_readonly
from crawler.frontier.tombstones import tombstone_of
from crawler.lake import Lake
from crawler.sources import Project
from crawler.urls import CanonicalUrl, canonicalize, in_scope, is_asset, respell
from warehouse.cli.project import the_project
from warehouse.cli.why_words import words
from warehouse.history import Made, judge_again, read_made
from warehouse.lake.reading import open_own
from warehouse.lake.register import first_number
from warehouse.snapshots import DATABASE_NAME
from warehouse.store import open_published


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
@click.pass_obj
def why(folder: Path | None, url: str, as_json: bool) -> None:
    """Tell the whole history of URL: found where, fetched when, judged how, due when, and why.

    Also why it was not fetched: out of scope, parked, forbidden by robots.txt, its host left
    alone, not due yet.  Of a URL that is not known it says whether a source would take it.
    """
    project = the_project(folder)
    canonical, histories = _find(project, url)
    made = _made(project, histories)
    if as_json:
        click.echo(json.dumps(_as_json(project, url, canonical, histories, made), default=str,
                              ensure_ascii=False))  # fmt: skip
        return
    if canonical != url:
        click.echo(f"{url}\n  is taken as {canonical}" if canonical else f"{url}")
    if not histories:
        click.echo("\n".join(_forgotten(project, canonical) or _unknown(project, canonical)))
    for history in histories:
        told = words(project, history, _evidence(project, history), made, datetime.now(UTC))
        click.echo("\n".join(told))


def _find(project: Project, url: str) -> tuple[CanonicalUrl | None, list[History]]:
    """Return `url` as a source would spell it, with its stories; the first source that knows it."""
    plain = canonicalize(url)
    if plain is None:
        return None, []
    for rules in dict.fromkeys(source.urls for source in project.sources):
        kept = canonicalize(url, None, rules.keep) or plain
        spelled = respell(kept, rules)
        histories = _read(project, spelled)
        if histories:
            return spelled, histories
    return plain, _read(project, plain)


def _read(project: Project, url: str) -> list[History]:
    if not has_frontier(project.frontier):
        return []
    with open_frontier_readonly(project.frontier) as frontier:
        return read_history(frontier, url)


def _made(project: Project, histories: list[History]) -> list[Made]:
    path = project.public / DATABASE_NAME
    fetches = [one.fetch_id for history in histories for one in history.fetches]
    if fetches and project.lake is not None and project.public.exists():
        return _made_in_lake(project.lake, fetches)
    if not fetches or not path.exists():
        return []
    with open_published(path) as published:
        return read_made(published, fetches)


def _made_in_lake(lake: Lake, fetches: list[int]) -> list[Made]:
    with open_own(lake) as published:
        first = first_number(published, lake)
        made = read_made(published, [first + one for one in fetches])
    return [replace(one, fetch_id=one.fetch_id - first) for one in made]


def _as_json(
    project: Project,
    url: str,
    canonical: str | None,
    histories: list[History],
    made: list[Made],
) -> dict[str, object]:
    return {
        "url": url,
        "canonical": canonical,
        "in_scope_of": [one.name for one in project.sources if canonical and
                        in_scope(canonical, one)],
        "known": [
            asdict(history) | {"evidence": _evidence(project, history)} for history in histories
        ],
        "built": [asdict(one) for one in made],
    }  # fmt: skip


def _forgotten(project: Project, url: str | None) -> list[str]:
    if url is None or not has_frontier(project.frontier):
        return []
    with open_frontier(project.frontier) as frontier:
        stone = tombstone_of(frontier.connection, url)
    if stone is None:
        return []
    return [
        f"{url}",
        f"  was forgotten for good on {_when(stone.buried_at)}: {stone.because}",
        f"  {stone.target} is never fetched again",
    ]


def _unknown(project: Project, url: str | None) -> Iterator[str]:
    if url is None:
        yield "  cannot be fetched: not an http or https URL, or one too long or malformed"
        return
    yield f"{url}"
    yield "  is not known: no page that was fetched links to it under this form"
    if is_asset(url):
        yield "  it would not be fetched: its extension is that of a picture, script or download"
    names = [source.name for source in project.sources if in_scope(url, source)]
    if names:
        yield f"  it is in scope of {', '.join(names)}: a link, feed or sitemap may still bring it"
    else:
        yield "  it is in scope of no source: see start, include and exclude in fatiao.toml"


def _evidence(project: Project, history: History) -> tuple[str, ...]:
    try:
        return judge_again(project, history)
    except ArchiveError as error:
        return (f"(the archived page cannot be read: {error})",)


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
