"""Two hundred healthy sources, each untidy in its own way: how often is one called ill?"""

from dataclasses import dataclass
from random import Random
from typing import Any, Final

from tests.warehouse.histories import History, Page
from warehouse.health.states import Health
from warehouse.store import open_warehouse

SOURCES: Final = 200
BEFORE: Final = 12  # runs that make the history
JUDGED: Final = 5  # runs
MOST_ALARMS: Final = 0.01  # of the sources judged in a run

_LOOKS: Final = (".wrap .content", "main article .post", "#app .answer", "table .text")


@dataclass(slots=True)
class Habits:
    """What a source always was like."""

    random: Random
    name: str
    news: float  # new articles a run, on average
    lost: float  # shares of the pages from here on
    undated: float
    uncited: float
    failed: float
    homeward: float
    vanishing: float
    spread: float  # of the lengths, as of a log-normal distribution
    looks: int  # templates
    seen: int = 0

    def pages(self, least: int = 0) -> list[Page]:
        """Return the pages of one more run: new ones, and some that were seen before."""
        new = max(least, round(self.random.expovariate(1 / self.news)))
        again = min(self.seen, round(new * 0.3) + 1)
        old = self.random.sample(range(self.seen), again)
        found = [self._page(number, is_new=False) for number in old]
        found += [self._page(self.seen + number, is_new=True) for number in range(new)]
        self.seen += new
        return found

    def _page(self, number: int, *, is_new: bool) -> Page:
        url = f"http://{self.name}.example/{number}"
        if self._happens(self.failed):
            return {"url": url, "kind": "error", "status": 404, "error": "http_404"}
        if self._happens(self.homeward):
            return {"url": f"http://{self.name}.example/", "kind": "redirect", "status": 302}
        own = Random(f"{self.name} {number}")  # noqa: S311 - what an article is, it stays
        page: dict[str, Any] = {
            "url": url,
            "lost": own.random() < self.lost or (not is_new and self._happens(self.vanishing)),
            "dated": own.random() >= self.undated,
            "citations": int(own.random() >= self.uncited),
            "chars": int(own.lognormvariate(7, self.spread)),
            "skeleton": _LOOKS[int(own.random() * self.looks)],
            "outcome": "new" if is_new else "unchanged",
            "is_stored": is_new,
            "title": f"t{number}",
        }
        return page

    def _happens(self, share: float) -> bool:
        return self.random.random() < share


def habits(number: int) -> Habits:
    random = Random(20261121 + number)  # noqa: S311 - a sample that is always the same
    return Habits(
        random=random,
        name=f"s{number:03d}",
        news=random.choice((0.3, 1, 3, 10, 30)),
        lost=random.random() ** 3 * 0.5,
        undated=random.random() ** 2,
        uncited=random.random(),
        failed=random.random() ** 4 * 0.3,
        homeward=random.random() ** 4 * 0.1,
        vanishing=random.random() ** 4 * 0.05,
        spread=random.uniform(0.2, 0.9),
        looks=random.randint(1, 4),
    )


def test_hardly_any_healthy_source_is_called_ill() -> None:
    sources = [habits(number) for number in range(SOURCES)]
    with open_warehouse(":memory:") as db:
        history = History(db)
        history.add_run({one.name: one.pages(least=20) for one in sources})
        for _ in range(BEFORE - 1):
            history.add_run({one.name: one.pages() for one in sources})
        alarms: list[tuple[int, str, str, str]] = []
        for run in range(JUDGED):
            found = history.run_all({one.name: one.pages() for one in sources})
            alarms += [
                (run, one.source, one.measure, one.words)
                for one in found
                if one.state is not Health.OK
            ]
    ill = {(run, source) for run, source, *_ in alarms}
    assert len(ill) <= MOST_ALARMS * SOURCES * JUDGED, alarms
