"""What may be wrong with an installation, a folder and its sources, each with its mend.

Looks and changes nothing; of each enabled source it asks for robots.txt and, where that allows
it, for the first start URL.
"""

import importlib
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from urllib.parse import urljoin, urlsplit

import duckdb

from crawler.frontier.store import FrontierError, open_frontier_readonly
from crawler.lock import LockedError, project_lock
from crawler.robots import Rules, rules_of
from crawler.sources import Project, Source
from crawler.urls import canonicalize, in_scope
from warehouse.probe import ProbeError, ask
from warehouse.publish import DATABASE_NAME
from warehouse.store import open_published

LOW_BYTES: Final = 1 << 30  # free; a first crawl of 20,000 pages keeps some 200 MB
_PACKAGES: Final = {  # distribution: module that must load
    "duckdb": "duckdb",
    "pytz": "pytz",
    "lxml": "lxml.html",
    "lxml_html_clean": "lxml_html_clean",
    "scrapy": "scrapy",
    "trafilatura": "trafilatura",
    "datasketch": "datasketch",
}
_REINSTALL: Final = "pip install --no-deps --require-hashes -r requirements.lock"


class Verdict(StrEnum):
    """How a thing that was looked at is."""

    GOOD = "good"
    NOTE = "note"  # worth knowing, no trouble
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that was looked at."""

    subject: str  # installation, folder, disk, lock, frontier, archive, public, or a source's name
    verdict: Verdict
    words: str
    mend: str = ""


def examine(project: Project) -> Iterator[Diagnosis]:
    """Look at everything, the sources last, one after the other."""
    yield from _installation()
    for look in (_folder, _disk, _lock, _frontier, _archive, _public):
        yield look(project)
    enabled = [source for source in project.sources if source.enabled]
    if not enabled:
        yield _note("sources", "none is enabled", "fatiao sources add URL, or sources enable NAME")
    for source in enabled:
        yield _source(project, source)


def _good(subject: str, words: str) -> Diagnosis:
    return Diagnosis(subject=subject, verdict=Verdict.GOOD, words=words)


def _note(subject: str, words: str, mend: str = "") -> Diagnosis:
    return Diagnosis(subject=subject, verdict=Verdict.NOTE, words=words, mend=mend)


def _bad(subject: str, words: str, mend: str) -> Diagnosis:
    return Diagnosis(subject=subject, verdict=Verdict.BAD, words=words, mend=mend)


def _installation() -> Iterator[Diagnosis]:
    subject, found = "installation", []
    for package, module in _PACKAGES.items():
        try:
            importlib.import_module(module)
            found.append(f"{package} {version(package)}")
        except (ImportError, PackageNotFoundError) as error:
            yield _bad(subject, f"{package} does not load: {error}", _REINSTALL)
    python = ".".join(map(str, sys.version_info[:3]))
    yield _good(subject, f"Python {python}; {', '.join(found)}")


def _folder(project: Project) -> Diagnosis:
    data = project.frontier.parent
    place = data if data.exists() else project.folder
    if not os.access(place, os.W_OK | os.X_OK):
        return _bad("folder", f"{place} cannot be written", f"chown or chmod u+rwx {place}")
    return _good("folder", f"{project.folder} can be written")


def _disk(project: Project) -> Diagnosis:
    free = shutil.disk_usage(project.folder).free
    warehouse = project.warehouse.stat().st_size if project.warehouse.exists() else 0
    words = f"{free >> 20:,} MB free; the warehouse has {warehouse >> 20:,} MB"
    if free < warehouse:
        return _bad("disk", words, "free some space: a publication is a copy of the warehouse")
    if free < LOW_BYTES:
        return _note("disk", words, "free some space, or set keep_snapshots lower")
    return _good("disk", words)


def _lock(project: Project) -> Diagnosis:
    if not project.lock.exists():
        return _good("lock", "nobody has run here yet")
    try:
        with project_lock(project):
            return _good("lock", "free")
    except LockedError as error:
        late = error.since and time.time() > error.since.timestamp() + error.run_for + 600
        if late:
            return _bad("lock", f"{error}, longer than meant", f"kill {error.holder_pid}")
        return _note("lock", str(error), "fatiao run --wait waits for it")


def _frontier(project: Project) -> Diagnosis:
    if not project.frontier.exists():
        return _note("frontier", "nothing has been crawled yet", "fatiao run")
    try:
        with open_frontier_readonly(project.frontier) as frontier:
            ((found,),) = frontier.connection.execute("PRAGMA quick_check(1)").fetchall()
            ((urls,),) = frontier.connection.execute("SELECT count(*) FROM url").fetchall()
    except (sqlite3.DatabaseError, FrontierError) as error:
        return _bad("frontier", str(error), "restore data/ from a backup (fatiao backup)")
    if found != "ok":
        return _bad("frontier", str(found), "restore data/ from a backup (fatiao backup)")
    return _good("frontier", f"{urls:,} URLs known")


def _archive(project: Project) -> Diagnosis:
    if not project.frontier.exists():
        return _note("archive", "empty")
    try:
        with open_frontier_readonly(project.frontier) as frontier:
            promised = frontier.segments()
    except (sqlite3.DatabaseError, FrontierError):
        return _note("archive", "not looked at: the frontier cannot be read")
    for name, length in promised.items():
        there = (project.archive / name).stat().st_size if (project.archive / name).exists() else 0
        if there < length:
            words = f"{name} has {there:,} of {length:,} bytes"
            return _bad("archive", words, "restore data/ from a backup (fatiao backup)")
    return _good("archive", f"{len(promised)} segments, {sum(promised.values()) >> 20:,} MB")


def _public(project: Project) -> Diagnosis:
    path = project.public / DATABASE_NAME
    if not project.public.is_symlink() and not project.public.exists():
        return _note("public", "nothing is published yet", "fatiao run")
    try:
        with open_published(path) as db:
            ((articles,),) = db.execute("SELECT count(*) FROM articles").fetchall()
    except (duckdb.Error, OSError) as error:
        words = f"{path} does not open: {str(error).splitlines()[0]}"
        return _bad("public", words, "rm public, then: fatiao build && fatiao publish")
    return _good("public", f"{path} opens: {articles:,} articles")


def _source(project: Project, source: Source) -> Diagnosis:
    start = canonicalize(source.start[0]) or source.start[0]
    robots = urljoin(start, "/robots.txt")
    try:
        answer = ask(robots, project.user_agent, source.allow_private)
        rules = rules_of(answer.status, answer.body) if answer.status // 100 != 3 else ""
        if rules is None:
            words = f"{robots} answers {answer.status}, so nothing may be fetched now"
            return _bad(source.name, words, "wait; if it lasts, ask the site's owner")
        if not Rules(rules).allows(start):
            words = f"robots.txt does not allow {start}"
            return _bad(source.name, words, f"fatiao sources disable {source.name}")
        time.sleep(min(source.delay, 3.0))
        page = ask(start, project.user_agent, source.allow_private)
    except ProbeError as error:
        mend = "look at `start` in fatiao.toml, and at this machine's network"
        return _bad(source.name, f"{start}: {error}", mend)
    return _start_page(source, start, page.status, page.location)


def _start_page(source: Source, start: str, status: int, location: str | None) -> Diagnosis:
    if status // 100 == 3:
        target = canonicalize(location or "", start)
        if target is None or not in_scope(target, source):
            mend = f'if that is the site now, write start = "{location}"'
            return _bad(source.name, f"{start} leads to {location}", mend)
    elif status != 200:
        mend = {401: _ASK, 403: _ASK, 429: _ASK}.get(status, "look at `start` in fatiao.toml")
        return _bad(source.name, f"{start} answers {status}", mend)
    return _good(source.name, f"{urlsplit(start).netloc} answers {status}, robots.txt allows us")


_ASK: Final = "the site refuses us: raise delay, or ask its owner"
