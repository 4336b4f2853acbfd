"""The spider `source`: from a leased URL to a request, from the answer to the ledger.

`fatiao crawl` runs it with a session of its own (`crawler.run`).  `scrapy crawl source -a
name=NAME` runs it on one source of the nearest fatiao.toml, under the same lock.
"""

import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    StopDownload,
)
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from crawler.frontier.queue import Task
from crawler.guard import ALLOW_PRIVATE, NotSentError, PrivateAddressError
from crawler.kind import Kind
from crawler.lock import LockedError, project_lock
from crawler.log_lines import tame_handlers
from crawler.memory import EXCEEDED
from crawler.opening import open_session
from crawler.robots_middleware import (
    DECISION,
    IS_ROBOTS,
    ForbiddenError,
    RobotsUnreachableError,
)
from crawler.session import (
    Progress,
    Session,
    choose_sources,
    require_contact,
)
from crawler.sources import ConfigError, find_project, load_project
from crawler.visit import Answer, Trouble, Visit, failed, is_page_type, read_answer, time_of
from crawler.walls import Walls

EXIT_LOCKED: Final = 75  # DESIGN.md, "Exit codes"
EXIT_CONFIG: Final = 78
TICK_SECONDS: Final = 0.5
PROGRESS_TICKS: Final = 2

_TROUBLES: Final[dict[type[BaseException], Trouble]] = {
    ForbiddenError: Trouble.ROBOTS,
    PrivateAddressError: Trouble.PRIVATE_ADDRESS,
    CannotResolveHostError: Trouble.DNS,
    DownloadConnectionRefusedError: Trouble.REFUSED,
    DownloadTimeoutError: Trouble.TIMEOUT,
    DownloadCancelledError: Trouble.TOO_LARGE,
    IgnoreRequest: Trouble.TOO_LARGE,  # Scrapy's own, from decompression: beyond the size limit
    EOFError: Trouble.UNREADABLE,
    UnicodeDecodeError: Trouble.UNREADABLE,
}
# Scrapy passes on what a decompressor raises at a body that is not packed as its header says; whose
# error that is depends on the Python.
_UNPACKERS: Final = frozenset({"gzip", "zlib", "brotli", "brotlicffi", "backports", "compression"})


class StoppingError(IgnoreRequest):
    """The run is over; the URL was not asked for."""


class SourceSpider(Spider):
    """Crawls the sources of a session."""

    name = "source"

    def __init__(
        self,
        name: str | None = None,
        session: Session | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, **kwargs)
        self._exit = ExitStack()
        self._is_own_session = session is None
        self.session = session or self._open_or_exit()
        self._on_progress = on_progress
        self._walls = Walls()
        self._ticks = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make one; called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._start_ticking, signals.spider_opened)
        crawler.signals.connect(spider._refuse_downloads, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield nothing: the start URLs stand in the frontier."""
        return
        yield

    def request_for(self, task: Task) -> Request:
        """Return the request that fetches `task`."""
        source = self.session.sources[task.source]
        headers = {"User-Agent": self.session.project.user_agent}
        # nginx weakens the ETag of what it compresses and then never honours it (sites.md §5).
        is_weak = bool(task.etag and task.etag.startswith("W/") and task.last_modified)
        if task.etag and not is_weak:
            headers["If-None-Match"] = task.etag
        if task.last_modified:
            headers["If-Modified-Since"] = task.last_modified
        return Request(
            task.url,
            callback=self._take,
            errback=self._fail,
            dont_filter=True,
            headers=headers,
            meta={
                "task": task,
                "download_slot": task.host,
                ALLOW_PRIVATE: source.allow_private,
                "handle_httpstatus_all": True,
            },
        )

    def closed(self, reason: str) -> None:
        """Close the session that this spider opened itself; called by Scrapy."""
        if reason == EXCEEDED:
            self.session.stop("memory")
        if self._is_own_session:
            self.logger.info("closed: %s", reason)
            self.session.ledger.finish(self.session.stopped_by or "finished")
        self._exit.close()

    def _open_or_exit(self) -> Session:
        """Open a session, or end the process as the command line would."""
        try:
            return self._open_session()
        except LockedError as error:
            code, text = EXIT_LOCKED, str(error)
        except ConfigError as error:
            code, text = EXIT_CONFIG, str(error)
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
        # Twisted would turn any exception, SystemExit too, into a traceback and exit code 1.
        # Nothing is open yet that would have to be closed.
        os._exit(code)

    def _open_session(self) -> Session:
        file = find_project(Path.cwd())
        if file is None:
            raise ConfigError(f"no fatiao.toml in {Path.cwd()} or above; write one: fatiao init")
        project = load_project(file)
        sources = choose_sources(project, [self.name])
        require_contact(project, sources.values())
        self._exit.enter_context(project_lock(project))
        opened = open_session(project, sources, project.run_for, _utc_now)
        return self._exit.enter_context(opened)

    def _take(self, response: Response) -> None:
        task: Task = response.meta["task"]
        source = self.session.sources[task.source]
        now = self.session.ledger.clock()
        date = _header(response, "Date")
        answer = Answer(
            url=task.url,
            status=response.status,
            headers=tuple(
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, values in response.headers.items()
                for value in values
            ),
            body=response.body,
            fetched_at=time_of(date, now) if source.fetched_at == "date-header" else now,
        )
        try:
            visit = read_answer(answer, source, link_text=task.link_text)
        except Exception:
            # A page that breaks a parser must not keep its lease, nor end the run.
            self.logger.exception("cannot read %s", task.url)
            visit = failed(Trouble.UNREADABLE, now)
        if self._walls.is_wall(task.host, visit.wall_text):
            visit = replace(visit, kind=Kind.BLOCKED, error=Trouble.BLOCKED, found=())
        self._record(task, visit, response.meta)

    def _fail(self, failure: Failure) -> None:
        task: Task = failure.request.meta["task"]  # type: ignore[attr-defined]  # Scrapy adds it
        error = failure.value
        if error is None or isinstance(error, StoppingError | NotSentError):
            self.session.release(task)
            return
        trouble = _trouble_of(error)
        if trouble is Trouble.CONNECTION:
            self.logger.info("%s: %r", task.url, error)
        visit = failed(trouble, self.session.ledger.clock())
        self._record(task, visit, failure.request.meta)  # type: ignore[attr-defined]

    def _record(self, task: Task, visit: Visit, meta: Mapping[str, Any]) -> None:
        try:
            self.session.record(task, replace(visit, robots=meta.get(DECISION)))
        except Exception as error:
            # The disk is full or a file of ours broken: stop, what was committed stays whole.
            self.logger.exception("cannot record %s", task.url)
            self.session.failure = self.session.failure or error

    def _refuse_downloads(self, headers: Any, request: Request) -> None:
        """Break off, on its headers, an answer that is no text."""
        if request.meta.get(IS_ROBOTS):
            return  # whatever it calls itself
        content_type = headers.get("Content-Type")
        if content_type and not is_page_type(content_type.decode("latin-1")):
            raise StopDownload(fail=False)

    def _start_ticking(self) -> None:
        tame_handlers()  # not earlier: Scrapy sets them up after it has made the spider
        self._loop = create_looping_call(self._tick)
        self._loop.start(TICK_SECONDS, now=False)
        self.crawler.signals.connect(self._loop.stop, signals.spider_closed, weak=False)

    def _tick(self) -> None:
        engine = self.crawler.engine
        if engine is None:
            return
        if not engine.running:
            self.session.stop("interrupted")  # Scrapy's own signal handler
        if self.session.failure is None:
            self.session.tick()
        if self.session.is_over:
            self._drop_waiting()
        elif engine._slot is not None:
            # Not five seconds later, when something becomes due while nothing is under way.
            engine._slot.nextcall.schedule()
        self._ticks += 1
        if self._on_progress is not None and self._ticks % PROGRESS_TICKS == 0:
            self._on_progress(self.session.progress())

    def _drop_waiting(self) -> None:
        """Give back what still waits for its host's delay."""
        assert self.crawler.engine is not None  # noqa: S101 - _tick asked
        for slot in self.crawler.engine.downloader.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(StoppingError("the run is over"))


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")


def _trouble_of(error: BaseException) -> Trouble:
    if isinstance(error, RobotsUnreachableError):
        cause = error.__cause__
        trouble = Trouble.ROBOTS_UNREACHABLE if cause is None else _trouble_of(cause)
        return Trouble.ROBOTS_UNREACHABLE if trouble is Trouble.TOO_LARGE else trouble
    for kind, trouble in _TROUBLES.items():
        if isinstance(error, kind):
            return trouble
    is_unpacking = type(error).__module__.partition(".")[0] in _UNPACKERS
    return Trouble.UNREADABLE if is_unpacking else Trouble.CONNECTION


def _utc_now() -> datetime:
    return datetime.now(UTC)
