import sqlite3
from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import ArchivedPage, digest_of, read_page
from crawler.archive_writer import ArchiveWriter
from crawler.frontier import outlook, queue, shapes
from crawler.frontier.learn import Lesson, learn
from crawler.frontier.ledger import Counts, Ledger, recover, start_run
from crawler.frontier.place import Place
from crawler.frontier.queue import NewUrl, Task
from crawler.frontier.schedule import DAY, Rank
from crawler.frontier.store import (
    open_frontier,
    open_frontier_readonly,
)
from crawler.frontier.trouble import FrontierError
from crawler.frontier.worth import ShapeClass
from crawler.sources import Source
from crawler.urls import CanonicalUrl
from crawler.visit import Found, Visit, failed

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCE = Source(name="site", start=("http://www.site.cn/",), delay=0.0)


@pytest.fixture
def ledger(place: Place, tmp_path: Path) -> Generator[Ledger]:
    with open_frontier(place) as frontier:
        run_id = start_run(frontier, NOW.timestamp())
        ledger = Ledger(
            frontier, ArchiveWriter(tmp_path / "archive", lambda: NOW), lambda: NOW, run_id
        )
        queue.enter_source(ledger.connection, SOURCE, NOW.timestamp())
        yield ledger
        ledger.archive.close()


def url_of(path: str) -> CanonicalUrl:
    return CanonicalUrl(f"http://www.site.cn{path}")


def found(*paths: str, text: str = "房屋租赁押金应当如何退还") -> tuple[Found, ...]:
    return tuple(Found(url=url_of(path), text=text) for path in paths)


def visit(kind: str, body: str = "", links: tuple[Found, ...] = (), at: datetime = NOW) -> Visit:
    content = body.encode()
    page = ArchivedPage(
        url="http://www.site.cn/",
        fetched_at=at,
        status=200,
        headers=(),
        body=content,
        digest=digest_of(content),
    )
    return Visit(kind=kind, fetched_at=at, status=200, page=page if body else None, found=links)


def lease(ledger: Ledger, source: Source = SOURCE, now: datetime = NOW) -> Task | None:
    return queue.lease(ledger.connection, source, ledger.run_id, now.timestamp(), 10)


def fetch_next(ledger: Ledger, result: Visit) -> str:
    task = lease(ledger)
    assert task is not None
    ledger.record(task, SOURCE, result)
    return task.url.removeprefix("http://www.site.cn")


def state_of(ledger: Ledger, path: str) -> tuple[str, float, str]:
    row: tuple[str, float, str] = ledger.connection.execute(
        "SELECT state, due_at, reason FROM url WHERE url = ?", (url_of(path),)
    ).fetchone()
    return row


def test_a_host_has_one_request_in_flight(ledger: Ledger) -> None:
    other = Source(name="other", start=("http://m.site.cn/", "http://b.cn/"), delay=0.0)
    queue.enter_source(ledger.connection, other, NOW.timestamp())
    first = lease(ledger)
    assert first is not None
    assert first.url == "http://www.site.cn/"
    assert lease(ledger) is None
    second = lease(ledger, other)
    assert second is not None
    assert second.url == "http://b.cn/", "m.site.cn is of the same registrable domain"
    assert lease(ledger, other) is None
    queue.release(ledger.connection, first)
    third = lease(ledger, other)
    assert third is not None
    assert third.url == "http://m.site.cn/"


def test_articles_come_before_untried_pages_and_parked_ones_not_at_all(ledger: Ledger) -> None:
    articles = [f"/hf/{number}.html" for number in range(1, 6)]
    tags = [f"/tags-{number}.html" for number in range(1, 30)]
    links = found(*tags, text="押金") + found(*articles)
    assert fetch_next(ledger, visit("listing", "home", links)) == "/"
    order = [fetch_next(ledger, visit("article", f"text {number}")) for number in range(5)]
    assert order == articles
    later = []
    while (task := lease(ledger)) is not None:
        ledger.record(task, SOURCE, visit("listing", task.url, found(*articles)))
        later.append(task.url)
    assert len(later) == 4
    assert shapes.expected(ledger.connection, "site", "/tags-#.html") is ShapeClass.PARKED
    state, due_at, reason = state_of(ledger, "/tags-29.html")
    assert state == "parked"
    assert 7 * DAY <= due_at - NOW.timestamp() <= 30 * DAY
    assert "no new article" in reason


def test_a_parked_shape_comes_back_when_it_yields_after_all(ledger: Ledger) -> None:
    articles = found(*(f"/hf/{number}.html" for number in range(1, 6)))
    tags = found(*(f"/tags-{number}.html" for number in range(1, 30)), text="押金")
    fetch_next(ledger, visit("listing", "home", tags + articles))
    for number in range(5):
        fetch_next(ledger, visit("article", f"text {number}"))
    for number in range(4):
        fetch_next(ledger, visit("listing", f"tag {number}", articles))
    assert lease(ledger) is None
    queue.enter_source(ledger.connection, SOURCE, NOW.timestamp() + 40 * DAY)
    probe = fetch_next(ledger, visit("listing", "tag", found("/hf/99.html")))
    assert probe.startswith("/tags-")
    assert shapes.expected(ledger.connection, "site", "/tags-#.html") is ShapeClass.LISTING
    assert ledger.connection.execute(
        "SELECT count(*) FROM url WHERE state = 'parked'"
    ).fetchone() == (0,)


def test_a_batch_is_all_or_nothing(place: Place, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    frontier = open_frontier(place)
    ledger = Ledger(frontier, ArchiveWriter(archive, lambda: NOW), lambda: NOW, 1)
    queue.enter_source(ledger.connection, SOURCE, NOW.timestamp())
    fetch_next(ledger, visit("listing", "home", found("/hf/1.html", "/hf/2.html")))
    ledger.commit()
    committed = ledger.archive.committed_length
    fetch_next(ledger, visit("article", "lost"))
    assert lease(ledger) is not None
    ledger.archive.close()
    frontier.close()  # as a kill would: what was not committed is rolled back
    assert ledger.archive.committed_length != committed

    with open_frontier(place) as again:
        recover(again, archive)
        assert {path.name: path.stat().st_size for path in archive.iterdir()} == committed
        assert [one.url for one in again.fetches_after(0, 9)] == ["http://www.site.cn/"]
        states = again.connection.execute(
            "SELECT DISTINCT state FROM url WHERE shape = '/hf/#.html'"
        )
        assert states.fetchall() == [("queued",)]


def test_a_listing_with_news_sends_us_to_its_next_page_again(ledger: Ledger) -> None:
    first = found("/hf/1.html") + found("/page_2.html", text="2") + found("/page_3.html", text="3")
    second = found("/hf/2.html") + found("/page_3.html", text="3") + found("/page_4.html", text="4")
    fetch_next(ledger, visit("listing", "home", first))
    while (task := lease(ledger)) is not None:
        is_article = "/hf/" in task.url
        links = second if task.url.endswith("page_2.html") else ()
        ledger.record(task, SOURCE, visit("article" if is_article else "listing", task.url, links))
    later = NOW + timedelta(hours=6)
    ledger.clock = lambda: later
    ledger.commit()
    ledger.run_id = start_run(ledger.frontier, later.timestamp())
    asked = []
    while (task := lease(ledger, now=later)) is not None:
        asked.append(task.url.removeprefix("http://www.site.cn"))
        more = found("/hf/9.html") + first if task.role == "start" else second
        ledger.record(task, SOURCE, visit("listing", task.url + "again", more, at=later))
    assert asked == ["/", "/page_2.html", "/hf/9.html"]


def test_leases_of_a_killed_run_are_put_back(ledger: Ledger, tmp_path: Path) -> None:
    assert lease(ledger) is not None
    ledger.commit()
    assert recover(ledger.frontier, tmp_path / "archive") == 1
    assert lease(ledger) is not None


def test_the_same_body_is_not_archived_twice(ledger: Ledger, tmp_path: Path) -> None:
    fetch_next(ledger, visit("listing", "home"))
    task = queue.load_task(ledger.connection, "site", "http://www.site.cn/")
    assert task is not None
    ledger.record(task, SOURCE, visit("listing", "home"))
    ledger.commit()
    first, again = ledger.frontier.fetches_after(0, 9)
    assert (first.kind, again.kind) == ("listing", "not_modified")
    assert again.original == first.location
    assert again.location is not None
    ledger.archive.flush()
    page = read_page(tmp_path / "archive", again.location, again.original)
    assert page.body == b"home"


def test_only_so_many_articles_are_fetched(ledger: Ledger) -> None:
    few = Source(name="site", start=SOURCE.start, delay=0.0, max_articles=2)
    fetch_next(ledger, visit("listing", "home", found(*(f"/hf/{n}.html" for n in range(9)))))
    fetch_next(ledger, visit("article", "one"))
    fetch_next(ledger, visit("article", "two"))
    assert lease(ledger, few) is None
    assert lease(ledger) is not None


def test_feeds_leave_out_what_is_older_than_wanted(ledger: Ledger) -> None:
    recent = Source(name="site", start=SOURCE.start, delay=0.0, since=date(2026, 1, 1))
    task = lease(ledger, recent)
    assert task is not None
    old, new = datetime(2025, 12, 31, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    entries = (
        Found(url=url_of("/hf/1.html"), text="旧文", published_at=old.timestamp()),
        Found(url=url_of("/hf/2.html"), text="新文", published_at=new.timestamp()),
    )
    ledger.record(task, recent, visit("feed", "feed", entries))
    assert state_of(ledger, "/hf/1.html")[0] == "excluded"
    assert state_of(ledger, "/hf/2.html")[0] == "queued"


def test_a_url_that_left_the_scope_is_not_fetched(ledger: Ledger) -> None:
    fetch_next(ledger, visit("listing", "home", found("/hf/1.html", "/news/1.html")))
    narrow = Source(name="site", start=SOURCE.start, delay=0.0, exclude=("/hf/",))
    task = lease(ledger, narrow)
    assert task is not None
    assert task.url == url_of("/news/1.html")
    assert state_of(ledger, "/hf/1.html")[0] == "excluded"


def test_a_broken_connection_is_tried_three_times(ledger: Ledger) -> None:
    moment = NOW
    for _ in range(3):
        task = lease(ledger, now=moment)
        assert task is not None
        ledger.record(task, SOURCE, failed("timeout", NOW))
        moment = NOW + timedelta(seconds=30)
    assert lease(ledger, now=moment) is None
    state, due_at, reason = state_of(ledger, "/")
    assert (state, reason) == ("waiting", "timeout: failed 3 times")
    assert due_at - NOW.timestamp() == 3600
    waiting = outlook.host_waiting(ledger.connection, "site", NOW.timestamp())
    assert waiting is not None
    assert waiting[1] == "unreachable"


def test_a_page_that_is_gone_says_since_when(ledger: Ledger) -> None:
    gone = Visit(kind="error", fetched_at=NOW, status=404, error="http_404")
    fetch_next(ledger, gone)
    row = ledger.connection.execute("SELECT gone_at, last_status FROM url").fetchone()
    assert row == (NOW.timestamp(), 404)


def test_lessons_set_due_times_and_repeat_without_effect(ledger: Ledger) -> None:
    fetch_next(ledger, visit("listing", "home", found("/hf/1.html", "/hf/2.html")))
    for number in (1, 2):
        fetch_next(ledger, visit("article", f"text {number}"))
    ledger.commit()
    lessons = [
        Lesson(
            fetch_id=2,
            url=url_of("/hf/1.html"),
            source="site",
            outcome="article",
            text_digest="d1",
            published_on=date(2026, 8, 13),
        ),
        Lesson(fetch_id=3, url=url_of("/hf/2.html"), source="site", outcome="not_article"),
    ]
    learn(ledger.frontier, lessons, upto=3, now=NOW)
    once = [state_of(ledger, f"/hf/{number}.html") for number in (1, 2)]
    assert 18 * DAY < once[0][1] - NOW.timestamp() < 32 * DAY, "a quarter of 100 days, ± 20 %"
    assert once[1][2] == "no article in it"
    assert ledger.frontier.learned_upto() == 3
    learn(ledger.frontier, lessons, upto=2, now=NOW + timedelta(days=1))
    assert [state_of(ledger, f"/hf/{number}.html") for number in (1, 2)] == once
    assert ledger.frontier.learned_upto() == 3
    counts = ledger.connection.execute("SELECT articles FROM shape WHERE shape = '/hf/#.html'")
    assert counts.fetchone() == (1,)


def test_the_summary_counts_what_is_known(ledger: Ledger) -> None:
    links = found(*(f"/hf/{number}.html" for number in range(3)))
    fetch_next(ledger, visit("listing", "home", links))
    fetch_next(ledger, visit("article", "text"))
    fetch_next(ledger, Visit(kind="error", fetched_at=NOW, status=410, error="http_410"))
    summary = ledger.frontier.source_summary(NOW)["site"]
    assert (summary.urls, summary.articles, summary.listings) == (4, 1, 1)
    assert (summary.queued, summary.gone, summary.errors) == (1, 1, 1)
    assert summary.last_fetch == NOW
    assert summary.waiting_until is None


def test_a_reader_sees_whole_batches_while_a_crawl_writes(ledger: Ledger) -> None:
    ledger.commit()
    fetch_next(ledger, visit("listing", "home"))
    with open_frontier_readonly(ledger.frontier.place) as reader:
        assert reader.fetches_after(0, 9) == []
        ledger.counts["site"] = Counts(requests=1)
        ledger.finish("finished")
        assert [one.kind for one in reader.fetches_after(0, 9)] == ["listing"]
        assert [(run.outcome, run.requests) for run in reader.runs()] == [("finished", 1)]


def test_files_of_another_version_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "frontier.sqlite"
    with pytest.raises(FrontierError, match="nothing has been crawled"):
        open_frontier_readonly(file)
    with open_frontier(file) as frontier:
        frontier.connection.execute("PRAGMA user_version = 99")
    for opener in (open_frontier, open_frontier_readonly):
        with pytest.raises(FrontierError, match="version 99"):
            opener(file)
    file.write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with pytest.raises(FrontierError, match="not a database"):
        open_frontier(file)


def test_a_new_url_keeps_where_and_how_it_was_found(ledger: Ledger) -> None:
    fetch_next(ledger, visit("listing", "home", found("/hf/1.html", text="短")))
    fetch_next(ledger, visit("listing", "more"))
    new = NewUrl(url=url_of("/hf/1.html"), rank=Rank.ROOT, due_at=0.0, reason="again")
    assert queue.add_url(ledger.connection, "site", new, 0.0) is None
    row = ledger.connection.execute(
        "SELECT found_on, link_text, found_at FROM url WHERE url = ?", (url_of("/hf/1.html"),)
    ).fetchone()
    assert row == (1, "短", NOW.timestamp())


def test_an_article_that_leads_to_the_home_page_is_gone(ledger: Ledger) -> None:
    fetch_next(ledger, visit("listing", "home", found("/hf/1.html", "/hf/2.html")))
    fetch_next(ledger, visit("article", "text"))
    task = queue.load_task(ledger.connection, "site", url_of("/hf/1.html"))
    assert task is not None
    home = Visit(kind="redirect", fetched_at=NOW, status=302, target=url_of("/"))
    ledger.record(task, SOURCE, home)
    assert state_of(ledger, "/hf/1.html")[2] == "gone"
    gone = "SELECT gone_at IS NOT NULL, alias_of FROM url WHERE url = ?"
    row = ledger.connection.execute(gone, (url_of("/hf/1.html"),)).fetchone()
    assert row == (1, None)
    assert fetch_next(ledger, home) == "/hf/2.html", "never an article: only another address"
    row = ledger.connection.execute(gone, (url_of("/hf/2.html"),)).fetchone()
    assert row[0] == 0


def test_asking_while_the_host_is_busy_does_not_read_the_queue(ledger: Ledger) -> None:
    links = found(*(f"/hf/{number}.html" for number in range(1_500)))
    assert fetch_next(ledger, visit("listing", "home", links)) == "/"
    assert lease(ledger) is not None
    steps: list[int] = []
    connection = ledger.connection
    if not isinstance(connection, sqlite3.Connection):
        pytest.skip("Postgres does not count steps")
    connection.set_progress_handler(lambda: steps.append(100), 100)
    assert lease(ledger) is None
    connection.set_progress_handler(None, 0)
    assert sum(steps) <= 1_000, "steps of SQLite, for 1,500 queued URLs"
