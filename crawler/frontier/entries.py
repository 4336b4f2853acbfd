"""The rows that one visit writes: fetch, URL, host, shape.

Each function is one step of `crawler.frontier.ledger.Ledger.record`; all of them together are one
transaction.
"""

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from crawler.archive import Location
from crawler.frontier import hosts, shapes
from crawler.frontier.connection import Connection
from crawler.frontier.queue import Task
from crawler.frontier.schedule import (
    STRIKES,
    host_wait,
    parse_retry_after,
)
from crawler.frontier.settle import BLOCKS, BROKEN, REFUSALS, Before, News, Settled
from crawler.frontier.shapes import Evidence
from crawler.frontier.shown import Shown
from crawler.robots import Decision
from crawler.visit import Trouble, Visit


def before(task: Task) -> Before:
    """Return what was known of `task` when it was leased."""
    return Before(
        url=task.url,
        role=task.role,
        rank=task.rank,
        kind=task.kind,
        attempts=task.attempts,
        interval=task.interval,
        published_at=task.published_at,
        is_new=task.fetched_at is None,
    )


def gone_if_home(task: Task, visit: Visit) -> Visit:
    """Return `visit` as that of a page that is gone, if an article now leads to the home page.

    Many sites answer so instead of with 404; the home page is no other address of the article.
    """
    if task.kind != "article" or visit.kind != "redirect" or visit.target is None:
        return visit
    if _HOME.fullmatch(urlsplit(visit.target).path) is None or urlsplit(visit.target).query:
        return visit
    return Visit(
        kind="redirect",
        fetched_at=visit.fetched_at,
        status=visit.status,
        error=Trouble.LEADS_HOME,
    )


def unchanged_if_same(task: Task, visit: Visit) -> Visit:
    """Return `visit` as "not modified" if its body is the one archived last."""
    if visit.page is None or visit.page.digest != task.digest:
        return visit
    return Visit(
        kind="not_modified",
        fetched_at=visit.fetched_at,
        status=visit.status,
        revisit=visit.page,
        etag=visit.etag,
        last_modified=visit.last_modified,
    )


def archived_at(connection: Connection, task: Task) -> datetime | None:
    """Return when the page of `task` that was archived last was fetched, if it is still there."""
    row = connection.execute(_ARCHIVED, (task.url_id, task.digest)).fetchone()
    return None if row is None else datetime.fromtimestamp(row[0], UTC)


def add_fetch(
    connection: Connection,
    run_id: int,
    task: Task,
    visit: Visit,
    location: Location | None,
    robots: Decision | None,
) -> None:
    """Append the row of one request."""
    place = (location.file, location.offset, location.length) if location else (None,) * 3
    page = visit.page or visit.revisit
    connection.execute(
        "INSERT INTO fetch (run_id, url_id, fetched_at, final_url, status, kind, error, bytes,"
        " file, offset, length, digest, robots_at, robots_rule)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run_id,
            task.url_id,
            visit.fetched_at.timestamp(),
            visit.target or task.url,
            visit.status,
            str(visit.kind),
            None if visit.error is None else str(visit.error),
            len(page.body) if page else None,
            *place,
            page.digest if page else None,
            int(robots.read_at) if robots else None,
            robots.rule if robots else None,
        ),
    )


def write_url(
    connection: Connection,
    task: Task,
    visit: Visit,
    settled: Settled,
    news: News,
    now: float,
) -> None:
    """Enter what became of the URL of `task`, and end its lease."""
    connection.execute(
        _WRITE_URL,
        {
            "url_id": task.url_id,
            "state": "waiting" if settled.seconds > 0 else "queued",
            "rank": settled.rank.value,
            "due_at": now + settled.seconds,
            "reason": settled.reason,
            "interval": settled.interval,
            "kind": None if settled.kind is None else str(settled.kind),
            "attempts": settled.attempts,
            "is_settled": settled.evidence is not None,
            "now": now,
            "digest": visit.page.digest if visit.page and visit.error is None else None,
            "etag": visit.etag,
            "last_modified": visit.last_modified,
            "is_page": visit.page is not None or visit.revisit is not None,
            "status": visit.status,
            "error": None if visit.error is None else str(visit.error),
            "is_error": visit.error is not None,
            "is_gone": settled.is_gone,
            "news": news.new_articles,
        },
    )


def note_host(connection: Connection, task: Task, visit: Visit, now: float) -> str | None:
    """Enter whether the host answered; return why it is left alone from now on, if it is."""
    error = visit.error
    is_refusal = error in REFUSALS or error == Trouble.ROBOTS_UNREACHABLE
    if error == Trouble.ROBOTS:
        return None
    if error is None or not (is_refusal or error in BROKEN or error in BLOCKS):
        hosts.note_answer(connection, task.host, now)
        return None
    strikes = hosts.note_failure(connection, task.host, now)
    if is_refusal:
        due = host_wait(strikes, error, parse_retry_after(visit.retry_after, now))
    elif strikes < STRIKES:
        return None
    else:
        word = "unreachable" if error in BROKEN else "blocked"
        due = host_wait(strikes - STRIKES + 1, word, None)
    hosts.leave_alone(connection, task.host, now + due.seconds, due.reason)
    return due.reason


def note_shape(
    connection: Connection, task: Task, evidence: Evidence, shown: Shown, now: float
) -> None:
    """Let the visit of `task` tell for the other pages of its shape, and of its site."""
    lately = shown.lately(task.source)
    shapes.note_fetched(connection, task.source, task.shape, evidence, now, lately)
    if evidence is Evidence.ARTICLE and credit(connection, task, now):
        shown.note_news(task.source)
    before = shown.thrift(task.source)
    thrift = shapes.save_requests(connection, task.source, shown.lately(task.source), before, now)
    shown.save_thrift(task.source, thrift)


def credit(connection: Connection, task: Task, now: float) -> bool:
    """Let the listing that led to a new article, and its shape, have the merit, if it had none."""
    row = connection.execute(
        "SELECT shape, kind, yielded, role FROM url WHERE url_id = ?", (task.found_on,)
    ).fetchone()
    if row is None:
        return False
    shape, kind, yielded, role = row
    if yielded or role in {"feed", "sitemap"} or kind == "article":
        return False
    connection.execute("UPDATE url SET yielded = 1 WHERE url_id = ?", (task.found_on,))
    shapes.note_late_yield(connection, task.source, shape, now)
    return True


_HOME: Final = re.compile(r"/(?:index\.(?:html?|php|aspx?|jsp))?")

_ARCHIVED: Final = """
    SELECT fetched_at FROM fetch
    WHERE url_id = ? AND digest = ? AND kind <> 'not_modified' AND file IS NOT NULL
    ORDER BY fetch_id DESC
    LIMIT 1
"""

_WRITE_URL: Final = """
    UPDATE url
    SET state = :state,
        lease_run = NULL,
        rank = :rank,
        due_at = :due_at,
        reason = :reason,
        interval = :interval,
        kind = :kind,
        attempts = :attempts,
        fetched_at = CASE WHEN :is_settled OR fetched_at IS NOT NULL THEN :now END,
        digest = coalesce(:digest, digest),
        etag = CASE WHEN :is_page THEN :etag ELSE etag END,
        last_modified = CASE WHEN :is_page THEN :last_modified ELSE last_modified END,
        last_status = :status,
        last_error = :error,
        gone_at = CASE WHEN :is_gone THEN coalesce(gone_at, :now)
                       WHEN :is_error THEN gone_at END,
        yielded = max(yielded, :news)
    WHERE url_id = :url_id
"""
