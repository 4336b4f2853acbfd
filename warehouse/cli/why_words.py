"""The words of `fatiao why`: one URL's history as sentences."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from crawler.frontier.history import Attempt, History, HostFacts, ShapeFacts
from crawler.sources import Project
from warehouse.history import Made

SHOWN: Final = 10  # requests listed one by one; of more, the first and the latest
_INDENT: Final = " " * 15

_UNASKED: Final = {
    "robots": "robots.txt forbids it",
    "robots_unreachable": "robots.txt cannot be had, so nothing is asked",
}
_TROUBLES: Final = {
    "timeout": "no answer in time",
    "dns": "its host has no address",
    "refused": "the connection was refused",
    "connection": "the connection broke, or no HTTP was spoken",
    "too_large": "larger than may be",
    "private_address": "a private address, and allow_private is not set",
    "redirect_loop": "it leads back to where it came from",
    "bad_redirect": "it leads to nothing that is a URL",
    "out_of_scope": "it leads out of the source's scope",
    "empty": "an empty answer",
    "blocked": "a captcha or a refusal instead of the page",
    "soft_error": "an error page, though the server says 200",
    "unreadable": "a page that could not be parsed",
    "leads_home": "it leads to the home page: it is gone",
    "no_entries": "nothing is named in it",
    "no_sitemap": "no sitemap at the usual place",
    "forgotten": "it leads to, or is a copy of, what was forgotten for good",
    "http_404": "the server says there is no such page",
    "http_410": "the server says it is gone",
    "http_429": "the server says: too many requests",
    "http_503": "the server says: not now",
}
_CANARIES: Final = "articles looked at every week, so that a change of template shows"
_AGE: Final = "articles come back after a quarter of their age, after half a year at most"
# What `crawler.frontier.schedule` and its neighbours write as a reason, in words.
_REASONS: Final = (
    (r"article: (\d+) days old", rf"{_AGE}; this one is \1 days old"),
    (r"one of (\d+) articles that are looked at weekly", rf"it is one of \1 {_CANARIES}"),
    (r"article: unknown age", "its age is not known; it comes back after a week"),
    (r"listing: nothing new", "it brought nothing new, and is asked less often each time"),
    (r"listing: (\d+) new links", r"it brought \1 new links; what has news comes back sooner"),
    (r"leads elsewhere", "it only leads elsewhere; once a month that is looked at again"),
    (r"parked: .*", "pages like it brought no new article; a few are tried now and then"),
    (r"put off: .*", "the lists seen lately named only what was known; the rest of the site waits"),
    (r"probe: .*", "it had been put off, and is tried now to see whether that was right"),
    (r"robots", "its robots.txt may change"),
    (r"no_sitemap", "there may be one some day"),
    (r"forgotten", "it may lead elsewhere one day"),
    (r"gone", "it may come back"),
    (r"new link", "it is new, and waits for its turn"),
    (r"(\w+): retry (\d+)", r"\1; try \2 follows soon"),
    (r"(\w+): failed (\d+) times", r"\1, \2 times; each time the wait is longer"),
)  # fmt: skip
_FINAL: Final = {"excluded": "never", "forgotten": "never again"}


def words(
    project: Project,
    history: History,
    evidence: tuple[str, ...],
    made: list[Made],
    now: datetime,
) -> Iterator[str]:
    """Yield the lines that tell `history`: where from, asked when, what it is, when again."""
    yield history.url
    yield from _source(project, history)
    yield from _origin(history)
    yield from _identity(history)
    yield from _requests(history)
    if history.kind:
        yield _line("kind", history.kind)
        yield from (f"{_INDENT}because: {sign}" for sign in evidence)
    yield from _build(history, made)
    yield from _likeness(history)
    yield from _robots(history.host)
    yield from _trouble(history)
    yield _line("next", _next(history, now))


def _source(project: Project, history: History) -> Iterator[str]:
    source = next((one for one in project.sources if one.name == history.source), None)
    gone = "" if source else " (no longer in fatiao.toml)"
    disabled = " (disabled: nothing of it is fetched)" if source and not source.enabled else ""
    yield _line("source", f"{history.source}{gone}{disabled}")


def _origin(history: History) -> Iterator[str]:
    at = _when(history.found_at)
    if history.role == "start" and not history.chain:
        yield _line("found", f"{at}: a start URL of fatiao.toml")
        return
    if history.role == "sitemap" and not history.chain:
        yield _line("found", f"{at}: by robots.txt, or as the usual place of a sitemap")
        return
    text = f' by "{history.link_text}"' if history.link_text else ""
    if history.role != "page":
        by = f"as {history.role}"
    elif history.depth:
        by = _count(history.depth, "link") + " from a start"
    else:
        by = "a further page of a start"
    yield _line("found", f"{at}{text}, {by}")
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
    yield _line("requests", str(sum(one.error not in _UNASKED for one in fetches)))
    shown = fetches if len(fetches) <= SHOWN else (fetches[0], *fetches[1 - SHOWN :])
    for number, fetch in enumerate(shown):
        if number == 1 and len(shown) < len(fetches):
            yield f"{_INDENT}… {len(fetches) - len(shown)} more …"
        yield f"{_INDENT}{_when(fetch.at)}  {_request(fetch)}"


def _request(fetch: Attempt) -> str:
    status = "no answer" if fetch.status is None else str(fetch.status)
    if fetch.error in _UNASKED:
        status = "not asked for"
    what = [status, fetch.kind if fetch.error is None else trouble(fetch.error)]
    if fetch.leads_to:
        what.append(f"to {fetch.leads_to}")
    if fetch.location:
        what.append(f"{fetch.bytes} bytes in {fetch.location.file} at {fetch.location.offset}")
    what.append(f"run {fetch.run_id}")
    if fetch.robots_at:
        rule = fetch.robots_rule or "no rule for it"
        what.append(f"robots.txt of {_when(fetch.robots_at)}: {rule}")
    return " · ".join(what)


def _build(history: History, made: list[Made]) -> Iterator[str]:
    ids = {one.fetch_id for one in history.fetches}
    own = [one for one in made if one.fetch_id in ids]
    if not own:
        if any(one.location for one in history.fetches):
            yield _line("build", "nothing of it is in the published file")
        return
    last = own[-1]
    if last.outcome == "rejected":
        # The crawl's own signs stand above already.
        detail = "" if last.reason == history.kind else f" ({last.detail})"
        yield _line("build", f"no article: {last.reason}{detail}")
    elif last.title is not None:
        yield from _article(last)
    elif last.outcome != "gone":
        yield _line("build", last.outcome)


def _article(last: Made) -> Iterator[str]:
    yield _line("build", f"article {last.article_id}, version {last.version_no}: {last.title}")
    dated = f"dated {last.published_on}" if last.published_on else "without a date"
    cited = _count(last.citations, "citation")
    yield f"{_INDENT}{last.char_count} characters, {dated}, {cited}"
    if last.original_url:
        yield f"{_INDENT}{last.relation} repost of {last.original_url}"
    if last.gone_at:
        yield f"{_INDENT}gone since {_when(last.gone_at)}"


def _likeness(history: History) -> Iterator[str]:
    shape = history.shape
    if history.role in {"feed", "sitemap"} or shape.known < 2:
        return
    yield _line("its like", f"{shape.known} URLs are made like it ({shape.shape}): {_fate(shape)}")


def _fate(shape: ShapeFacts) -> str:
    if not shape.fetched:
        return "none was fetched yet"
    were = [f"{shape.fetched} fetched"]
    if shape.articles:
        were.append(_count(shape.articles, "article"))
    if shape.yielding:
        were.append(f"{shape.yielding} led to new articles")
    if not shape.articles and not shape.yielding:
        were.append("none an article, none led to a new one")
    rest = {"parked": "; the others are put off", "article": "", "listing": "", "untried": ""}
    return ", ".join(were) + rest.get(shape.standing, "")


def _robots(host: HostFacts) -> Iterator[str]:
    if host.robots_at is None:
        yield _line("robots.txt", "not fetched yet")
        return
    says = "allows it" if host.is_allowed else "forbids it"
    delay = f", asks for {host.crawl_delay:g} s between requests" if host.crawl_delay else ""
    yield _line("robots.txt", f"{says}{delay} (fetched {_when(host.robots_at)})")


def _trouble(history: History) -> Iterator[str]:
    error = history.last_error
    if error is None or error in _UNASKED:
        return
    if history.gone_at:
        yield _line("gone", f"since {_when(history.gone_at)}: {trouble(error)}")
    else:
        row = f", {history.attempts} times in a row" if history.attempts > 1 else ""
        yield _line("failing", f"{trouble(error)}{row}")


def _next(history: History, now: datetime) -> str:
    host, state, reason = history.host, history.state, explained(history.reason)
    if state in _FINAL:
        return f"{_FINAL[state]}: {reason}"
    if state == "leased":
        return "being fetched now, or was when a run was killed; the next run puts it back"
    due = f"due {_when(history.due_at)}"
    if history.due_at <= now:
        due = f"due now (since {_when(history.due_at)})"
    if host.left_alone_until and host.left_alone_until > now:
        due += f", but {host.host} is left alone until {_when(host.left_alone_until)}"
        due += f" ({trouble(host.reason or '')}, {host.strikes} in a row)"
    return f"{due}: {reason}"


def trouble(word: str) -> str:
    """Return what one word for a failure means.

    >>> trouble("http_404")
    'the server says there is no such page (404)'
    """
    status = f" ({word.removeprefix('http_')})" if word.startswith("http_") else ""
    known = _UNASKED.get(word) or _TROUBLES.get(word)
    if known is None:
        return f"the server answered {word.removeprefix('http_')}" if status else word
    return known + status


def explained(reason: str) -> str:
    """Return what the frontier wrote down as a reason, as a sentence.

    >>> explained("listing: 3 new links")
    'it brought 3 new links; what has news comes back sooner'
    """
    for pattern, sentence in _REASONS:
        if re.fullmatch(pattern, reason):
            return re.sub(pattern, sentence, reason, count=1)
    return trouble(reason)


def _line(word: str, text: str) -> str:
    return f"  {word:<12} {text}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
