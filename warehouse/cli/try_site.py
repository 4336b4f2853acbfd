"""`fatiao sources try URL`: what would come of a site, before it is added."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import click

from crawler.sources import ConfigError
from crawler.urls import canonicalize
from warehouse.cli.options import JSON
from warehouse.cli.project import the_project
from warehouse.exits import Exit

if TYPE_CHECKING:
    from pipeline.article import Article
    from pipeline.dates import Published
    from warehouse.trial import Trial, Tried

WIDTH: Final = 60  # characters shown of a line of the text
_SHOWN: Final = {"second": "%Y-%m-%d %H:%M:%S", "hour": "%Y-%m-%d %H"}
_REFUSALS: Final = ("blocked", "robots", "http_401", "http_403", "http_429")


@click.command("try")
@click.argument("url")
@click.option("--contact", help="How the site's owner can reach you, where no fatiao.toml says it.")
@click.option(
    "--delay",
    type=click.FloatRange(min=1),
    default=3.0,
    show_default=True,
    help="Seconds between two requests; none on loopback.",
)
@click.option("--allow-private", is_flag=True, help="The site is on a private address.")
@JSON
@click.pass_obj
def try_(
    folder: Path | None,
    url: str,
    contact: str | None,
    delay: float,
    allow_private: bool,
    as_json: bool,
) -> int:
    """Fetch a handful of pages from URL on and show what would be taken from them.

    At most 6 requests, robots.txt obeyed; nothing is stored.  Shows of each page what it is taken
    for, and of each article its title, date, author, length, first and last line.
    """
    from warehouse.trial import try_site  # noqa: PLC0415 - extraction takes a second to import

    start = canonicalize(url if "://" in url else f"https://{url}")
    if start is None:
        raise click.UsageError(f"{url!r} is no http or https address")
    named = contact or _contact(folder)
    if not named and not allow_private:
        raise click.UsageError(
            "the site's owner has to be able to reach you: --contact you@example.org"
        )
    trial = try_site(
        start,
        contact=named,
        delay=0.0 if _is_loopback(start) else delay,
        allow_private=allow_private,
    )
    if as_json:
        click.echo(json.dumps(_as_json(trial), ensure_ascii=False, indent=1))
    else:
        _tell(trial)
    return _exit_of(trial)


def _contact(folder: Path | None) -> str:
    """Return the contact of the project that we are in, nothing where there is none."""
    try:
        return the_project(folder).contact
    except ConfigError:
        return ""


def _is_loopback(url: str) -> bool:
    return (urlsplit(url).hostname or "") in ("127.0.0.1", "::1", "localhost")


def _exit_of(trial: "Trial") -> Exit:
    if trial.articles:
        return Exit.OK
    troubles = [page.trouble for page in trial.pages if page.trouble]
    return Exit.BLOCKED if any(one in _REFUSALS for one in troubles) else Exit.BROKEN


def _tell(trial: "Trial") -> None:
    for page in trial.pages:
        click.echo(f"{page.url}")
        for name, said in _facts(page):
            click.echo(f"  {name:<9} {said}")
    click.echo("")
    count = len(trial.articles)
    click.echo(f"{trial.requests} requests, {count} articles; nothing was stored.")
    if count:
        click.echo(f"To add it: fatiao sources add {trial.url}")
    else:
        click.echo("No article was found.  Try the address of a list of articles, or of one.")


def _facts(page: "Tried") -> list[tuple[str, str]]:
    if page.trouble:
        return [("no page", page.trouble)]
    facts = [(page.kind, "; ".join(page.evidence))]
    if page.refused:
        return [*facts, ("refused", f"{page.refused.reason}: {page.refused.detail}")]
    return facts + (_of_article(page, page.article) if page.article else [])


def _of_article(page: "Tried", article: "Article") -> list[tuple[str, str]]:
    published = article.published
    lines = article.text.split("\n")
    date = "none"
    if published:
        date = (
            f"{_day_and_time(published)} ({published.precision}), {page.certainty}:"
            f" “{published.evidence}” {published.place}"
        )
    facts = [
        ("title", article.title),
        ("date", date),
        ("author", article.author or "none"),
        ("length", f"{len(article.text)} characters, {len(lines)} lines{_agreed(page)}"),
        ("first", _short(lines[0])),
        ("last", _short(lines[-1])),
    ]
    if article.parts:
        facts.append(("thread", f"a question and {len(article.parts) - 1} answers"))
    return facts


def _day_and_time(published: "Published") -> str:
    """Return the date as far as it is known, in Beijing time."""
    if published.at is None:
        return published.on.isoformat()
    return published.at.strftime(_SHOWN.get(published.precision, "%Y-%m-%d %H:%M"))


def _agreed(page: "Tried") -> str:
    if page.agreement is None:
        return ""
    return f"; another extractor takes {page.agreement:.0%} of it for the text too"


def _short(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[:WIDTH]}…"


def _as_json(trial: "Trial") -> dict[str, Any]:
    return {
        "url": trial.url,
        "requests": trial.requests,
        "articles": len(trial.articles),
        "add": f"fatiao sources add {trial.url}" if trial.articles else None,
        "pages": [_page_json(page) for page in trial.pages],
    }


def _page_json(page: "Tried") -> dict[str, Any]:
    told: dict[str, Any] = {
        "url": page.url,
        "kind": page.kind,
        "evidence": list(page.evidence),
        "trouble": page.trouble,
    }
    if page.refused:
        return told | {"rejected": str(page.refused.reason), "detail": page.refused.detail}
    if (found := page.article) is None:
        return told
    published = found.published
    at = (published.at or published.on) if published else None
    lines = found.text.split("\n")
    return told | {
        "title": found.title,
        "author": found.author,
        "published_at": at.isoformat() if at else None,
        "published_precision": published.precision if published else None,
        "published_evidence": published.evidence if published else None,
        "published_place": published.place if published else None,
        "published_certainty": page.certainty,
        "characters": len(found.text),
        "lines": len(lines),
        "agreement": page.agreement,
        "first_line": lines[0],
        "last_line": lines[-1],
        "answers": max(len(found.parts) - 1, 0),
    }
