"""Whether a source's site answers, and lets us in: asked as the crawl would ask."""

import time
from typing import Final
from urllib.parse import urljoin, urlsplit

from crawler.robots import Rules, rules_of
from crawler.sources import Project, Source
from crawler.urls import canonicalize, in_scope
from warehouse.doctor.diagnosis import Diagnosis, bad, good
from warehouse.probe import ProbeError, ask

_ASK: Final = "the site refuses us: raise delay, or ask its owner"


def look_at_source(project: Project, source: Source) -> Diagnosis:
    """Ask the site of `source` for robots.txt and, where that allows it, for its start page."""
    start = canonicalize(source.start[0]) or source.start[0]
    robots = urljoin(start, "/robots.txt")
    try:
        answer = ask(robots, project.user_agent, source.allow_private)
        rules = rules_of(answer.status, answer.body) if answer.status // 100 != 3 else ""
        if rules is None:
            words = f"{robots} answers {answer.status}, so nothing may be fetched now"
            return bad(source.name, words, "wait; if it lasts, ask the site's owner")
        if not Rules(rules).allows(start):
            words = f"robots.txt does not allow {start}"
            return bad(source.name, words, f"fatiao sources disable {source.name}")
        time.sleep(min(source.delay, 3.0))
        page = ask(start, project.user_agent, source.allow_private)
    except ProbeError as error:
        mend = "look at `start` in fatiao.toml, and at this machine's network"
        return bad(source.name, f"{start}: {error}", mend)
    return _start_page(source, start, page.status, page.location)


def _start_page(source: Source, start: str, status: int, location: str | None) -> Diagnosis:
    if status // 100 == 3:
        target = canonicalize(location or "", start)
        if target is None or not in_scope(target, source):
            mend = f'if that is the site now, write start = "{location}"'
            return bad(source.name, f"{start} leads to {location}", mend)
    elif status != 200:
        mend = {401: _ASK, 403: _ASK, 429: _ASK}.get(status, "look at `start` in fatiao.toml")
        return bad(source.name, f"{start} answers {status}", mend)
    return good(source.name, f"{urlsplit(start).netloc} answers {status}, robots.txt allows us")
