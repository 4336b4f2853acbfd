"""Findings on histories written row by row: when a bound is crossed, and when it is not."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from warehouse.health.findings import Finding, find
from warehouse.health.states import Health
from warehouse.store import open_warehouse

START = datetime(2026, 1, 1, 4, tzinfo=UTC)
GOOD: dict[str, Any] = {"lost": False, "dated": True, "chars": 1200, "citations": 2}


@dataclass(slots=True)
class History:
    """A source's runs; a page is what it differs in from `GOOD`."""

    db: DuckDBPyConnection
    runs: int = 0
    fetches: int = 0
    day: float = 0

    def run(
        self, pages: Sequence[dict[str, Any]], *, after: float = 1, outcome: str = "finished"
    ) -> list[Finding]:
        """Add a run of `pages`, `after` days from the last one; return what is found."""
        self.runs += 1
        self.day += after
        at = START + timedelta(days=self.day)
        self.db.execute(
            "INSERT INTO ops.run VALUES (?, ?, ?, ?, ?, 0)",
            [self.runs, at, at, outcome, len(pages)],
        )
        self._fetch(at, kind="listing", url="http://a.example/")
        for page in pages:
            self._page(at, GOOD | page)
        found = find(self.db, self.runs)
        state = max((one.state for one in found), key=lambda one: one.gravity, default=Health.OK)
        self.db.execute(
            "INSERT INTO ops.source_run VALUES (?, 'a', ?, ?, 0, 0, 0, ?, '')",
            [self.runs, len(pages), len(pages), state.value],
        )
        return found

    def _fetch(self, at: datetime, *, kind: str, url: str, error: str | None = None) -> int:
        self.fetches += 1
        self.db.execute(
            "INSERT INTO ops.fetch (fetch_id, run_id, source, url, fetched_at, status, kind, error)"
            " VALUES (?, ?, 'a', ?, ?, 200, ?, ?)",
            [self.fetches, self.runs, url, at, kind, error],
        )
        return self.fetches

    def _page(self, at: datetime, page: dict[str, Any]) -> None:
        url = page.get("url", f"http://a.example/{self.fetches + 1}.html")
        kind = page.get("kind", "article")
        fetch = self._fetch(at, kind=kind, url=url, error=page.get("error"))
        if kind != "article":
            return
        outcome = "rejected" if page["lost"] else "new"
        self.db.execute("INSERT INTO ops.page VALUES (?, ?, NULL, NULL)", [fetch, outcome])
        if page["lost"]:
            return
        self.db.execute(
            "INSERT INTO ops.reading VALUES (?, ?, ?, ?, ?, ?, FALSE, ?, 'utf-8')",
            [fetch, f"{fetch:016x}", f"t{fetch}", f"{fetch:064x}", page["chars"], page["dated"],
             page["citations"]],
        )  # fmt: skip


@pytest.fixture
def history() -> Generator[History]:
    with open_warehouse(":memory:") as db:
        yield History(db)


def names(found: Sequence[Finding]) -> set[str]:
    return {one.measure for one in found}


def many(count: int, **page: Any) -> list[dict[str, Any]]:
    return [dict(page) for _ in range(count)]


@pytest.mark.parametrize(
    ("page", "measure"),
    [
        ({"lost": True}, "lost"),
        ({"dated": False}, "undated"),
        ({"citations": 0}, "uncited"),
        ({"chars": 300}, "short"),
        ({"chars": 9000}, "long"),
        ({"kind": "blocked", "error": "blocked"}, "refused"),
    ],
)
def test_what_was_never_so_is_found_in_six_of_twenty(
    history: History, page: dict[str, Any], measure: str
) -> None:
    assert history.run(many(40)) == []
    (found,) = history.run(many(14) + many(6, **page))
    assert found.measure == measure
    assert found.bad == 6
    assert found.chance < 1e-3
    assert len(found.examples) == 3


@pytest.mark.parametrize("bad", [1, 2])
def test_one_or_two_are_an_accident(history: History, bad: int) -> None:
    history.run(many(40))
    assert history.run(many(bad, lost=True)) == []


def test_what_is_usual_is_no_finding(history: History) -> None:
    history.run(many(30) + many(30, dated=False))
    assert history.run(many(8) + many(12, dated=False)) == []


def test_a_small_site_does_not_hide(history: History) -> None:
    history.run(many(12))
    found = [names(history.run(many(2, lost=True))) for _ in range(2)]
    assert found == [set(), {"lost"}]


def test_what_goes_on_is_found_again_and_what_is_mended_is_not(history: History) -> None:
    history.run(many(40))
    for _ in range(2):
        assert names(history.run(many(10, lost=True))) == {"lost"}
    assert history.run(many(10)) == []


def test_what_lasts_longer_than_a_month_is_the_new_normal(history: History) -> None:
    history.run(many(40))
    found = [
        names(history.run(many(pages, dated=False), after=days))
        for pages, days in ((60, 1), (60, 5), (10, 20), (10, 20))
    ]
    assert found == [{"undated"}, {"undated"}, {"undated"}, set()]


def test_a_feed_that_dries_up_is_found_for_a_month(history: History) -> None:
    full = {"kind": "feed", "url": "http://a.example/feed.xml"}
    history.run([full])
    found = [
        names(history.run([full | {"error": "no_entries"}], after=days)) for days in (1, 28, 3)
    ]
    assert found == [{"dry_feeds"}, {"dry_feeds"}, set()]


def publish_articles(db: DuckDBPyConnection, gaps: Sequence[int], *, live: bool = True) -> None:
    """Store an article a gap, in days; fetched when published if `live`, else all at START."""
    day = START
    for number, gap in enumerate(gaps):
        day += timedelta(days=gap)
        seen = day if live else START
        version = f"{number:016x}-v"
        db.execute(
            "INSERT INTO core.article VALUES (?, 'a', ?, ?, ?, NULL, ?)",
            [f"{number:016x}", f"http://a.example/{number}", seen, seen, version],
        )
        db.execute(
            "INSERT INTO core.article_version (version_id, article_id, version_no, fetch_id,"
            " valid_from, title, published_on, published_precision, text, text_sha256, char_count,"
            " charset_chosen, extract_version)"
            " VALUES (?, ?, 1, ?, ?, 't', ?, 'day', 'x', 'x', 1, 'utf-8', 1)",
            [version, f"{number:016x}", number, seen, day.date()],
        )


@pytest.mark.parametrize(("silent", "is_found"), [(9, False), (25, True), (200, False)])
def test_silence_is_measured_by_the_usual_gap(
    history: History, silent: int, is_found: bool
) -> None:
    publish_articles(history.db, [2] * 30)  # the last on the 60th day
    history.run([])
    found = history.run([], after=59 + silent)
    assert ("silence" in names(found)) is is_found
    if is_found:
        assert found[0].examples[0] == "http://a.example/29"


def test_a_run_that_did_not_come_to_its_end_says_nothing_of_silence(history: History) -> None:
    publish_articles(history.db, [2] * 30)
    history.run([])
    assert history.run([], after=84, outcome="budget") == []


def test_a_dead_site_crawled_for_the_first_time_is_not_silent(history: History) -> None:
    publish_articles(history.db, [2] * 30, live=False)
    history.run([])
    assert history.run([], after=84) == []


def test_ordinary_days_cry_no_wolf(history: History) -> None:
    random = Random(20261121)  # noqa: S311 - a sample that is always the same

    def page() -> dict[str, Any]:
        return {
            "lost": random.random() < 0.04,
            "dated": random.random() > 0.15,
            "citations": int(random.random() > 0.3),
            "chars": int(random.lognormvariate(7, 0.5)),
        }

    history.run([page() for _ in range(100)])
    assert [history.run([page() for _ in range(random.randint(1, 8))]) for _ in range(8)] == [
        [] for _ in range(8)
    ]
