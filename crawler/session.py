"""One run of the crawler, free of Scrapy: what to fetch next, what came of it, when to stop."""

import logging
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import inf
from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit

from crawler.frontier import hosts, outlook, queue
from crawler.frontier.claims import ALONE, Claims
from crawler.frontier.hosts import Robots
from crawler.frontier.ledger import Ledger
from crawler.frontier.queue import NewUrl, Task
from crawler.frontier.schedule import Rank
from crawler.frontier.settle import GONE
from crawler.robots import Rules
from crawler.sources import ConfigError, Project, Source
from crawler.urls import canonicalize, host_key
from crawler.visit import Trouble, Visit

logger = logging.getLogger(__name__)

WAIT_FOR: Final = 60.0  # seconds: a URL due sooner is waited for, a later one is left to a next run
MAX_ROBOTS_SITEMAPS: Final = 20
USUAL_SITEMAP: Final = "/sitemap.xml"  # looked for where robots.txt names none


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is, for a terminal."""

    requests: int
    articles: int
    errors: int
    seconds: float  # since its start


@dataclass(slots=True)
class Session:
    """A run in progress."""

    project: Project
    sources: dict[str, Source]
    ledger: Ledger
    run_for: float  # seconds
    started: float = field(default_factory=monotonic)
    stopped_by: str | None = None  # "interrupted", "budget" or "memory"
    signal: int | None = None  # that interrupted it
    failure: BaseException | None = None  # of our own files: ends the run
    turn: deque[str] = field(default_factory=deque)
    revisits: dict[str, int] = field(default_factory=dict)  # still allowed, by source
    requests_left: float = inf  # a trial makes a handful
    claims: Claims = ALONE  # what of a shared frontier is ours
    under_way: dict[int, Task] = field(default_factory=dict)  # leased and not recorded, by url_id

    def now(self) -> float:
        """Return the clock's time in seconds since 1970."""
        return self.ledger.now()

    @property
    def is_over(self) -> bool:
        """Whether nothing more shall be fetched."""
        if self.stopped_by is None and monotonic() - self.started >= self.run_for:
            self.stopped_by = "budget"
        return self.stopped_by is not None or self.failure is not None

    def stop(self, reason: str) -> None:
        """Fetch nothing more; requests under way may end."""
        self.stopped_by = self.stopped_by or reason

    @property
    def busy_sources(self) -> set[str]:
        """Of which a request is under way."""
        return {task.source for task in self.under_way.values()}

    @property
    def busy_hosts(self) -> set[str]:
        """To which a request is under way."""
        return {task.host for task in self.under_way.values()}

    def tick(self) -> None:
        """Do what is due twice a second; a failure of our own files ends the run."""
        with self._ending():
            self.ledger.commit_if_due()
            self.claims.tick()

    def may_send(self) -> bool:
        """Return whether requests may be sent."""
        return self.failure is None and self.claims.may_send()

    def next_task(self) -> Task | None:
        """Lease the next URL, the sources taking turns; None: nothing may be fetched now."""
        if self.is_over or self.requests_left < 1 or not self.may_send():
            return None
        with self._ending():
            return self._lease_next()
        return None

    def _lease_next(self) -> Task | None:
        for _ in range(len(self.turn)):
            name = self.turn[0]
            self.turn.rotate(-1)
            task = queue.lease(
                self.ledger.connection,
                self.sources[name],
                self.ledger.run_id,
                self.now(),
                self.revisits[name],
                self.claims,
            )
            if task is not None:
                self.under_way[task.url_id] = task
                self.revisits[name] -= task.rank is Rank.REVISIT
                self.requests_left -= 1
                return task
        return None

    def has_more(self) -> bool:
        """Return whether something may be fetched, now or soon enough to wait for it."""
        if self.is_over or self.requests_left < 1:
            return False
        if self.claims.is_waiting():
            return True
        with self._ending():
            return self._has_soon()
        return False

    def _has_soon(self) -> bool:
        left = self.run_for - (monotonic() - self.started)
        return any(
            outlook.soonest(
                self.ledger.connection,
                self.sources[name],
                self.now(),
                self.revisits[name],
                min(WAIT_FOR, left),
            )
            is not None
            for name in self.turn
        )

    @contextmanager
    def _ending(self) -> Generator[None]:
        """Let an error end the run, not Scrapy's loop, which would go round for ever."""
        try:
            yield
        except Exception as error:
            logger.exception("the run cannot go on")
            self.failure = self.failure or error

    def delay_of(self, task: Task) -> float:
        """Return the seconds to leave between two requests to the task's host."""
        asked = hosts.crawl_delay(self.ledger.connection, task.host)
        return max(self.sources[task.source].delay, asked or 0.0)

    def seconds_since_request(self, task: Task) -> float:
        """Return how long ago the task's host was asked last, in this run or an earlier one."""
        row = self.ledger.connection.execute(
            "SELECT last_request FROM host WHERE host = ?", (task.host,)
        ).fetchone()
        return float("inf") if row is None or row[0] is None else max(self.now() - row[0], 0.0)

    def record(self, task: Task, visit: Visit) -> None:
        """Enter what came of `task`."""
        self.under_way.pop(task.url_id, None)
        self.ledger.frontier.hold(task.source)
        if visit.error in GONE and self._is_guess(task):
            visit = replace(visit, error=Trouble.NO_SITEMAP)
        self.ledger.record(task, self.sources[task.source], visit)

    def release(self, task: Task) -> None:
        """Give `task` back unfetched."""
        self.under_way.pop(task.url_id, None)
        with self._ending():
            self.ledger.frontier.hold(task.source)
            queue.release(self.ledger.connection, task)

    def count_request(self, task: Task) -> None:
        """Count a request that is made for `task` but is not its page."""
        self.ledger.enter(task.source).requests += 1
        self.requests_left -= 1

    def load_robots(self, origin: str) -> Robots | None:
        """Return the robots.txt of `origin`, if it is fresh enough."""
        kept = hosts.load_robots(self.ledger.connection, origin)
        return kept if kept is not None and kept.expires_at > self.now() else None

    def save_robots(self, origin: str, robots: Robots, rules: Rules, task: Task) -> None:
        """Keep a robots.txt, its Crawl-delay, and the sitemaps it names."""
        self.ledger.frontier.hold(task.source)
        connection, now = self.ledger.connection, self.now()
        hosts.save_robots(connection, origin, robots)
        hosts.save_crawl_delay(connection, task.host, rules.crawl_delay)
        source = self.sources[task.source]
        starts = {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, source.start)}
        if (origin not in starts and task.role != "start") or self.requests_left < inf:
            return
        named = rules.sitemaps[:MAX_ROBOTS_SITEMAPS] or (USUAL_SITEMAP,)
        for sitemap in named:
            url = canonicalize(urljoin(f"{origin}/", sitemap))
            if url is not None and host_key(url) == task.host:
                new = NewUrl(
                    url=url, role="sitemap", rank=Rank.ROOT, due_at=now, reason="new sitemap"
                )
                queue.add_url(connection, task.source, new, now)

    def _is_guess(self, task: Task) -> bool:
        """Return whether `task` is a sitemap that nobody named."""
        parts = urlsplit(task.url)
        if task.role != "sitemap" or task.found_on is not None or parts.path != USUAL_SITEMAP:
            return False
        kept = hosts.load_robots(self.ledger.connection, f"{parts.scheme}://{parts.netloc}")
        named = Rules(kept.body).sitemaps if kept else ()
        return task.url not in {canonicalize(urljoin(task.url, one)) for one in named}

    def progress(self) -> Progress:
        """Return how far the run is."""
        counts = self.ledger.counts.values()
        return Progress(
            requests=sum(count.requests for count in counts),
            articles=sum(count.articles for count in counts),
            errors=sum(count.errors for count in counts),
            seconds=monotonic() - self.started,
        )


def choose_sources(project: Project, names: Sequence[str] | None) -> dict[str, Source]:
    """Return the sources to crawl: those named, or all that are enabled.

    Raises:
        ConfigError: a name that fatiao.toml does not have.
    """
    if names is None:
        return {source.name: source for source in project.sources if source.enabled}
    known = {source.name: source for source in project.sources}
    for name in names:
        if name not in known:
            has = ", ".join(known) or "none"
            raise ConfigError(f"{project.file}: no source is named {name!r}; there are: {has}")
    return {name: known[name] for name in names}


def require_contact(project: Project, sources: Iterable[Source]) -> None:
    """Refuse to ask public hosts anything in nobody's name.

    Raises:
        ConfigError: a source is not private (`allow_private`) and there is no contact; the
            message has the line to add.
    """
    public = [source.name for source in sources if not source.allow_private]
    if public and not project.contact:
        raise ConfigError(
            f"{project.file}: source {public[0]!r} is on a public host, whose owner has to be able"
            ' to reach you; write contact = "you@example.org" under [fatiao]'
        )
