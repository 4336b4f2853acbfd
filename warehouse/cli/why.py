"""`fatiao why`: the whole history of one URL, in words."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from crawler.archive import ArchiveError
from crawler.frontier.history import Attempt, History, read_history
from crawler.frontier.store import open_frontier, open_frontier_readonly
from crawler.frontier.tombstones import tombstone_of
from crawler.sources import Project
from crawler.urls import canonicalize, in_scope, is_asset
from warehouse.cli.project import the_project
from warehouse.history import Made, judge_again, read_made
from warehouse.publish import DATABASE_NAME
from warehouse.store import open_published

SHOWN: Final = 10  # requests listed one by one; of more, the first and the latest
_INDENT: Final = " " * 15


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
    canonical = canonicalize(url)
    histories = _read(project, canonical) if canonical else []
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
        click.echo("\n".join(_words(project, history, made, datetime.now(UTC))))


def _read(project: Project, url: str) -> list[History]:
    if not project.frontier.exists():
        return []
    with open_frontier_readonly(project.frontier) as frontier:
        return read_history(frontier, url)


def _made(project: Project, histories: list[History]) -> list[Made]:
    path = project.public / DATABASE_NAME
    fetches = [one.fetch_id for history in histories for one in history.fetches]
    if not fetches or not path.exists():
        return []
    with open_published(path) as published:
        return read_made(published, fetches)


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
    if url is None or not project.frontier.exists():
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


def _words(project: Project, history: History, made: list[Made], now: datetime) -> Iterator[str]:
    yield history.url
    source = next((one for one in project.sources if one.name == history.source), None)
    gone = "" if source else " (no longer in fatiao.toml)"
    disabled = " (disabled)" if source and not source.enabled else ""
    yield _line("source", f"{history.source}{gone}{disabled}")
    yield from _origin(history)
    yield from _identity(history)
    yield from _requests(history)
    if history.kind:
        yield _line("kind", history.kind)
        yield from (f"{_INDENT}because: {sign}" for sign in _evidence(project, history))
    yield from _build(history, made)
    yield from _standing(history)
    yield _line("next", _next(history, now))


def _origin(history: History) -> Iterator[str]:
    if history.role == "start" and not history.chain:
        yield _line("found", f"{_when(history.found_at)}: a start URL of fatiao.toml")
        return
    text = f' by "{history.link_text}"' if history.link_text else ""
    by = (
        f"as {history.role}"
        if history.role != "page"
        else _count(history.depth, "link") + " from a start"
    )
    yield _line("found", f"{_when(history.found_at)}{text}, {by}")
    for step in history.chain:
        yield f"{_INDENT}via {step.url} ({step.kind or 'not fetched'})"


def _identity(history: History) -> Iterator[str]:
    if history.published_at:
        yield _line("published", f"{history.published_at.astimezone():%Y-%m-%d}")
    if history.alias_of:
        yield _line("alias of", history.alias_of)
    if history.aliases:
        yield _line("stands for", history.aliases[0])
        yield from (f"{_INDENT}{url}" for url in history.aliases[1:])


def _requests(history: History) -> Iterator[str]:
    fetches = history.fetches
    if not fetches:
        yield _line("requests", "none yet")
        return
    yield _line("requests", str(len(fetches)))
    shown = fetches if len(fetches) <= SHOWN else (fetches[0], *fetches[1 - SHOWN :])
    for number, fetch in enumerate(shown):
        if number == 1 and len(shown) < len(fetches):
            yield f"{_INDENT}… {len(fetches) - len(shown)} more …"
        yield f"{_INDENT}{_when(fetch.at)}  {_request(fetch)}"


def _request(fetch: Attempt) -> str:
    status = "no answer" if fetch.status is None else str(fetch.status)
    if fetch.error in _UNASKED:
        status = "not asked for"
    words = [status, fetch.kind if fetch.error is None else fetch.error]
    if fetch.leads_to:
        words.append(f"to {fetch.leads_to}")
    if fetch.location:
        words.append(f"{fetch.bytes} bytes in {fetch.location.file} at {fetch.location.offset}")
    words.append(f"run {fetch.run_id}")
    if fetch.robots_at:
        rule = fetch.robots_rule or "no rule for it"
        words.append(f"robots.txt of {_when(fetch.robots_at)}: {rule}")
    return " · ".join(words)


def _evidence(project: Project, history: History) -> tuple[str, ...]:
    try:
        return judge_again(project, history)
    except ArchiveError as error:
        return (f"(the archived page cannot be read: {error})",)


def _build(history: History, made: list[Made]) -> Iterator[str]:
    ids = {one.fetch_id for one in history.fetches}
    own = [one for one in made if one.fetch_id in ids]
    if not own:
        if any(one.location for one in history.fetches):
            yield _line("build", "nothing of it is in the published file")
        return
    last = own[-1]
    if last.outcome == "rejected":
        yield _line("build", f"no article: {last.reason} ({last.detail})")
    elif last.title is None:
        yield _line("build", last.outcome)
    else:
        yield _line("build", f"article {last.article_id}, version {last.version_no}: {last.title}")
        dated = f"dated {last.published_on}" if last.published_on else "without a date"
        yield f"{_INDENT}{last.char_count} characters, {dated}, {last.citations} citations"
        if last.original_url:
            yield f"{_INDENT}{last.relation} repost of {last.original_url}"
        if last.gone_at:
            yield f"{_INDENT}gone since {_when(last.gone_at)}"


def _standing(history: History) -> Iterator[str]:
    shape, host = history.shape, history.host
    yield _line(
        "its like",
        f"{shape.shape}: {shape.standing}; {shape.known} known, {shape.fetched} fetched,"
        f" {shape.articles} articles, {shape.yielding} led to new ones",
    )
    if host.robots_at is None:
        yield _line("robots.txt", "not fetched yet")
    else:
        says = "allows it" if host.is_allowed else "forbids it"
        delay = f", asks for {host.crawl_delay:g} s between requests" if host.crawl_delay else ""
        yield _line("robots.txt", f"{says}{delay} (fetched {_when(host.robots_at)})")
    if history.gone_at:
        yield _line("gone", f"since {_when(history.gone_at)}: {history.last_error}")
    elif history.last_error:
        yield _line("failing", f"{history.last_error}, {_count(history.attempts, 'time')} in a row")


def _next(history: History, now: datetime) -> str:
    host, state = history.host, history.state
    if state in _FINAL:
        return f"{_FINAL[state]}: {history.reason}"
    if state == "leased":
        return "being fetched now, or was when a run was killed; the next run puts it back"
    words = f"due {_when(history.due_at)}"
    if history.due_at <= now:
        words = f"due now (since {_when(history.due_at)})"
    if host.left_alone_until and host.left_alone_until > now:
        words += f", but {host.host} is left alone until {_when(host.left_alone_until)}"
        words += f" ({host.reason}, {host.strikes} in a row)"
    return f"{words}: {history.reason}"


_UNASKED: Final = ("robots", "robots_unreachable")
_FINAL: Final = {"excluded": "never", "forgotten": "never again"}


def _line(word: str, text: str) -> str:
    return f"  {word:<12} {text}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
