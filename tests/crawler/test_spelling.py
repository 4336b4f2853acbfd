"""One page under several spellings: learnt from the site, and unlearnt."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.frontier import spelling
from crawler.frontier.connection import Connection
from crawler.frontier.learn import Lesson, learn
from crawler.frontier.place import Place
from crawler.frontier.queue import NewUrl, add_url
from crawler.frontier.schedule import Rank
from crawler.frontier.store import open_frontier
from crawler.urls import CanonicalUrl
from crawler.visit import Found


@pytest.fixture
def connection(place: Place) -> Iterator[Connection]:
    with open_frontier(place) as frontier:
        frontier.begin()
        yield frontier.connection


def spelled(connection: Connection, *urls: str) -> list[str]:
    found = [Found(url=CanonicalUrl(url)) for url in urls]
    return [one.url for one in spelling.respell(connection, "site", found)]


def redirect(connection: Connection, was: str, becomes: str, numbers: range) -> None:
    for number in numbers:
        spelling.note_same(connection, "site", f"{was}/{number}", f"{becomes}/{number}")


def test_three_redirects_tell_the_scheme_and_the_host(connection: Connection) -> None:
    redirect(connection, "http://a.cn", "https://www.a.cn", range(2))
    assert spelled(connection, "http://a.cn/9") == ["http://a.cn/9"], "two may be chance"
    redirect(connection, "http://a.cn", "https://www.a.cn", range(2, 3))
    assert spelled(connection, "http://a.cn/9", "https://www.a.cn/9") == ["https://www.a.cn/9"]
    assert spelled(connection, "http://b.a.cn/9") == ["http://b.a.cn/9"]


def test_likeness_alone_tells_nothing(connection: Connection) -> None:
    assert spelling.pair_of("http://a.cn/1", "http://a.cn/2") is None
    assert spelling.pair_of("http://a.cn/1", "http://bbs.a.cn/1") is None, "another part of it"
    assert spelling.pair_of("http://a.cn/1", "http://a.cn/1?x=1") is None
    assert spelled(connection, "http://a.cn/1", "https://a.cn/1") == [
        "http://a.cn/1",
        "https://a.cn/1",
    ]


def test_pages_that_differ_unmake_the_rule(connection: Connection) -> None:
    redirect(connection, "http://m.a.cn", "http://www.a.cn", range(5))
    assert spelled(connection, "http://m.a.cn/9") == ["http://www.a.cn/9"]
    spelling.note_other(connection, "site", "http://m.a.cn/8")
    assert spelled(connection, "http://m.a.cn/9") == ["http://m.a.cn/9"]


def test_a_site_that_sends_both_ways_has_no_rule(connection: Connection) -> None:
    redirect(connection, "http://a.cn", "https://a.cn", range(3))
    redirect(connection, "https://a.cn", "http://a.cn", range(3))
    assert spelled(connection, "http://a.cn/9") == ["http://a.cn/9"]


def test_a_missing_slash_is_learnt_for_urls_of_one_shape(connection: Connection) -> None:
    for year in (2025, 2026):
        url = f"http://a.cn/archives/{year}"
        spelling.note_same(connection, "site", url, url + "/")
    assert spelled(connection, "http://a.cn/archives/2024", "http://a.cn/about") == [
        "http://a.cn/archives/2024/",
        "http://a.cn/about",
    ]


def test_what_waits_in_the_queue_is_respelled(connection: Connection) -> None:
    for url in ("http://a.cn/7", "http://a.cn/8", "https://a.cn/8"):
        new = NewUrl(url=CanonicalUrl(url), rank=Rank.ARTICLE, due_at=0.0, reason="new link")
        add_url(connection, "site", new, 0.0)
    redirect(connection, "http://a.cn", "https://a.cn", range(3))
    rows = connection.execute("SELECT url, state, reason FROM url ORDER BY url_id").fetchall()
    assert rows == [
        ("https://a.cn/7", "queued", "new link"),
        ("http://a.cn/8", "excluded", "another spelling of https://a.cn/8"),
        ("https://a.cn/8", "queued", "new link"),
    ]


def enter(connection: Connection, *urls: str) -> None:
    for url in urls:
        new = NewUrl(url=CanonicalUrl(url), rank=Rank.ARTICLE, due_at=0.0, reason="new link")
        add_url(connection, "site", new, 0.0)


def test_what_a_rule_excluded_is_queued_again_when_pages_differ(
    connection: Connection,
) -> None:
    enter(connection, "http://m.a.cn/8", "http://www.a.cn/8")
    redirect(connection, "http://m.a.cn", "http://www.a.cn", range(3))
    excluded = "SELECT url FROM url WHERE state = 'excluded'"
    assert connection.execute(excluded).fetchall() == [("http://m.a.cn/8",)]
    spelling.note_other(connection, "site", "http://m.a.cn/3")
    assert connection.execute(excluded).fetchall() == []


def test_pages_that_name_what_is_not_served_make_no_rule(connection: Connection) -> None:
    enter(connection, *(f"https://a.cn/{number}" for number in range(9)))
    for number in range(9):
        spelling.note_named(connection, "site", f"http://a.cn/{number}", f"https://a.cn/{number}")
    assert spelled(connection, "http://a.cn/9") == ["http://a.cn/9"], "no https was ever answered"
    asked = connection.execute("SELECT url FROM url WHERE rank = 1").fetchall()
    assert asked == [("https://a.cn/0",)], "one is tried at once"
    connection.execute(
        "UPDATE url SET kind = 'article', fetched_at = 1, state = 'waiting' WHERE rank = 1"
    )
    for number in range(3):
        spelling.note_named(connection, "site", f"http://a.cn/{number}", f"https://a.cn/{number}")
    assert spelled(connection, "http://a.cn/9") == ["https://a.cn/9"]


def test_one_page_that_is_read_again_and_again_is_no_rule(place: Place) -> None:
    with open_frontier(place) as frontier:
        frontier.begin()
        enter(frontier.connection, "http://m.a.cn/about", "http://www.a.cn/about")
        frontier.connection.execute("UPDATE url SET kind = 'article', fetched_at = 1")
        for fetch_id in range(1, 6):
            lesson = Lesson(
                fetch_id=fetch_id,
                url="http://m.a.cn/about",
                source="site",
                outcome="article",
                text_digest="d",
                canonical="http://www.a.cn/about",
            )
            learn(frontier, [lesson], upto=fetch_id, now=datetime(2026, 11, 21, tzinfo=UTC))
        assert spelled(frontier.connection, "http://m.a.cn/9") == ["http://m.a.cn/9"]
