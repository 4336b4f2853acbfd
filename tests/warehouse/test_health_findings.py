"""Findings on histories written row by row: when a bound is crossed, and when it is not."""

from collections.abc import Generator, Sequence
from datetime import timedelta
from re import findall
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.histories import START, History
from warehouse.health.findings import Finding
from warehouse.store import open_warehouse


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
        ({"kind": "error", "status": 500, "error": "http_500"}, "failed"),
        ({"skeleton": "main article .c-text"}, "template"),
        ({"title": "邻里法律报"}, "untitled"),
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
    assert found.words.startswith(f"6 of {found.total} ")
    assert {"6", str(found.total)} <= set(findall(r"\d+", found.words_zh))


def test_old_articles_that_are_lost_do_not_hide_among_new_ones(history: History) -> None:
    history.run([{"url": f"http://a.example/old/{n}"} for n in range(10)])
    again = [{"url": f"http://a.example/old/{n}", "lost": True} for n in range(3)]
    (found,) = history.run(many(40) + again)
    assert (found.measure, found.bad, found.total) == ("canary", 3, 3)
    assert found.examples == tuple(page["url"] for page in again)


def test_templates_of_which_each_is_usual_are_no_finding(history: History) -> None:
    looks = [".wrap .content", ".wrap .answer", "main .post .case", ".wrap .main .content"]
    history.run([{"skeleton": looks[n % 4]} for n in range(40)])
    assert history.run([{"skeleton": looks[n % 3]} for n in range(20)]) == []


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
