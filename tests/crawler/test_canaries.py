"""Three old articles of a source are looked at weekly, and always the same ones."""

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.frontier.canaries import COUNT
from crawler.frontier.learn import Lesson, learn
from crawler.frontier.schedule import DAY
from crawler.frontier.store import Frontier, open_frontier

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OLD = date(2024, 1, 1)  # an article of that age is due after half a year


@pytest.fixture
def frontier(tmp_path: Path) -> Generator[Frontier]:
    with open_frontier(tmp_path / "frontier.sqlite") as frontier:
        frontier.connection.execute(
            "INSERT INTO shape (source, shape, known, fetched, articles)"
            " VALUES ('site', '/*', 8, 8, 8)"
        )
        for number in range(8):
            frontier.connection.execute(
                "INSERT INTO url (source, url, host, shape, role, state, rank, due_at, reason,"
                " depth, found_at, fetched_at, kind) VALUES ('site', ?, 'site.cn', '/*', 'page',"
                " 'waiting', 0, 0, '', 1, 0, ?, 'article')",
                (url_of(number), NOW.timestamp()),
            )
        yield frontier


def url_of(number: int) -> str:
    return f"http://www.site.cn/{number}.html"


def read_all(frontier: Frontier, first_fetch: int, *, lost: int | None = None) -> None:
    lessons = [
        Lesson(
            fetch_id=first_fetch + number,
            url=url_of(number),
            source="site",
            outcome="not_article" if number == lost else "article",
            text_digest="d",
            published_on=OLD,
        )
        for number in range(8)
    ]
    learn(frontier, lessons, upto=first_fetch + 8, now=NOW + timedelta(seconds=first_fetch))


def weekly(frontier: Frontier) -> list[str]:
    rows = frontier.connection.execute(
        "SELECT url, reason, interval FROM url WHERE interval <= ? ORDER BY url", (7 * DAY,)
    ).fetchall()
    assert all("weekly" in reason and interval == 7 * DAY for _, reason, interval in rows)
    return [url for url, *_ in rows]


def test_three_old_articles_are_due_in_a_week(frontier: Frontier) -> None:
    read_all(frontier, 1)
    first = weekly(frontier)
    assert len(first) == COUNT
    read_all(frontier, 11)
    assert weekly(frontier) == first


def test_one_that_is_lost_is_replaced(frontier: Frontier) -> None:
    read_all(frontier, 1)
    read_all(frontier, 11, lost=0)
    read_all(frontier, 21, lost=0)
    assert weekly(frontier) == [url_of(number) for number in (1, 2, 3)]
