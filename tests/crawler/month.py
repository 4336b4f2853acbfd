"""A month of a site under an hourly cron line, on a clock of our own.

`python -m tests.crawler.month [DAYS] [HOURS BETWEEN RUNS] [ARTICLES]` prints a table of days: the
requests, the share of revisits, articles seen, and how long a new one went unseen.  The frontier,
the ledger and the lessons of the build are the real ones; what a page is and links to is given, as
in `test_frugality`, so that a month takes a minute.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from crawler.archive import ArchivedPage, digest_of
from crawler.archive_writer import ArchiveWriter
from crawler.frontier import outlook, queue
from crawler.frontier.learn import Lesson, learn
from crawler.frontier.ledger import Ledger, start_run
from crawler.frontier.queue import Task
from crawler.frontier.schedule import Rank
from crawler.frontier.store import Frontier, open_frontier
from crawler.sources import Source
from crawler.urls import CanonicalUrl
from crawler.visit import Found, Visit

HOST = "http://www.site.cn"
SOURCE = Source(name="site", start=(HOST + "/",), delay=3.0)
BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
PER_PAGE = 20
RUN_FOR = 2_700 * 0.8  # seconds: `run_for = "45m"`, a fifth kept for the build


@dataclass(slots=True)
class Day:
    """What one day of runs did; counts of requests."""

    requests: int = 0
    revisits: int = 0  # of articles
    listings: int = 0
    new: int = 0  # articles seen for the first time
    hours_unseen: list[float] = field(default_factory=list)  # of those that came out meanwhile

    @property
    def share(self) -> float:
        """The share of revisits in the requests."""
        return self.revisits / self.requests if self.requests else 0.0


@dataclass(slots=True)
class Month:
    """The simulated site and its crawl."""

    old: int  # articles that were there at the beginning
    a_day: int  # articles that come out each day, evenly
    now: datetime = BEGIN
    days: list[Day] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def born(self, number: int) -> datetime:
        """Return when an article came out; the old ones over the three years before."""
        if number <= self.old:
            return BEGIN - timedelta(days=1_095 * (self.old - number + 1) / self.old)
        return BEGIN + timedelta(days=(number - self.old) / self.a_day)

    def out(self) -> int:
        """Return how many articles are out now."""
        days = (self.now - BEGIN) / timedelta(days=1)
        return self.old + int(days * self.a_day)

    def live(self, folder: Path, days: int, every: float) -> None:
        """Let `days` pass, with a run every `every` hours."""
        with open_frontier(folder / "frontier.sqlite") as frontier:
            for step in range(int(days * 24 / every)):
                self.now = BEGIN + timedelta(hours=step * every)
                if (self.now - BEGIN).days == len(self.days):
                    self.days.append(Day())
                self._run(frontier, folder)

    def _run(self, frontier: Frontier, folder: Path) -> None:
        ends = self.now + timedelta(seconds=RUN_FOR)
        run_id = start_run(frontier, self.now.timestamp())
        ledger = Ledger(frontier, ArchiveWriter(folder / "archive", self.clock), self.clock, run_id)
        queue.enter_source(ledger.connection, SOURCE, self.now.timestamp())
        revisits = outlook.revisits_allowed(RUN_FOR, SOURCE.delay)
        before = frontier.learned_upto()
        while self.now < ends:
            task = queue.lease(ledger.connection, SOURCE, run_id, self.now.timestamp(), revisits)
            if task is None:
                break
            revisits -= task.rank is Rank.REVISIT
            self._note(task)
            ledger.record(task, SOURCE, self._visit(task.url.removeprefix(HOST)))
            self.now += timedelta(seconds=SOURCE.delay)
        ledger.finish("finished")
        fetches = frontier.fetches_after(before, 100_000)
        lessons = [self._lesson(one.fetch_id, one.url) for one in fetches if "/hf/" in one.url]
        upto = max((one.fetch_id for one in fetches), default=before)
        learn(frontier, lessons, upto=upto, now=self.now)

    def _note(self, task: Task) -> None:
        day = self.days[-1]
        day.requests += 1
        if "/hf/" not in task.url:
            day.listings += 1
        elif task.fetched_at is not None:
            day.revisits += 1
        else:
            day.new += 1
            born = self.born(_number(task.url))
            if born > BEGIN:
                day.hours_unseen.append((self.now - born) / timedelta(hours=1))

    def _lesson(self, fetch_id: int, url: str) -> Lesson:
        return Lesson(
            fetch_id=fetch_id,
            url=url,
            source=SOURCE.name,
            outcome="article",
            text_digest=url,  # never changes
            published_on=self.born(_number(url)).date(),
        )

    def _visit(self, path: str) -> Visit:
        """Return what a page says; its bytes are others at every visit, as on most such sites."""
        kind, found = ("article", ()) if "/hf/" in path else ("listing", tuple(self._links(path)))
        body = f"{path} {self.now}".encode()
        page = ArchivedPage(
            url=HOST + path,
            fetched_at=self.now,
            status=200,
            headers=(),
            body=body,
            digest=digest_of(body),
        )
        return Visit(kind=kind, fetched_at=self.now, status=200, page=page, found=found)

    def _links(self, path: str) -> Iterator[Found]:
        number, newest = int(path.strip("/").removeprefix("page_") or 1), self.out()
        first = newest - (number - 1) * PER_PAGE
        for one in range(first, max(first - PER_PAGE, 0), -1):
            yield Found(url=CanonicalUrl(f"{HOST}/hf/{one}.html"), text=_title(one))
        last = -(-newest // PER_PAGE)
        for other in range(2, last + 1):
            if abs(other - number) < 5 or other == last:
                yield Found(url=CanonicalUrl(f"{HOST}/page_{other}"), text=str(other))


def _number(url: str) -> int:
    return int(url.rpartition("/")[2].removesuffix(".html"))


def _title(number: int) -> str:
    return f"第{number}号来信：房屋租赁到期后押金如何退还"


def main(days: int = 30, every: float = 1.0, old: int = 3_000) -> None:
    month = Month(old=old, a_day=4)
    with tempfile.TemporaryDirectory(prefix="fatiao-month-") as folder:
        month.live(Path(folder), days, every)
    print(f"{month.old} articles at the beginning, {month.a_day} more a day, a run every {every} h")
    print("day  requests  listings  new articles  revisits  share  hours until a new one is seen")
    for number, day in enumerate(month.days, start=1):
        hours = f"{median(day.hours_unseen):.1f}" if day.hours_unseen else "-"
        print(f"{number:3} {day.requests:9} {day.listings:9} {day.new:13} {day.revisits:9}"
              f" {day.share:6.2f}  {hours}")  # fmt: skip
    unseen = [hours for day in month.days[1:] for hours in day.hours_unseen]
    print(f"a new article is seen after {median(unseen):.1f} hours, at most {max(unseen):.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
