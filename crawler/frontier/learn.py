"""What a build found out about fetched pages, taken back into the schedule.

The crawler knows a page by one response.  Whether its *text* changed, whether it is an article at
all, and whether another URL has the same text, only extraction can tell; a build reports it here.
Repeatable: a lesson that was taken once changes nothing when it comes again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any, Final

from crawler.frontier import spelling
from crawler.frontier.canaries import due_as_canary
from crawler.frontier.connection import Connection
from crawler.frontier.schedule import OTHER_INTERVAL, Due, article_due, jitter_of
from crawler.frontier.shapes import note_no_article
from crawler.frontier.store import Frontier

STEP: Final = 100  # lessons for which a crawler of the source may have to wait: some .3 s


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What one fetched page turned out to be."""

    fetch_id: int
    url: str  # canonical, as in the fetch
    source: str
    outcome: str  # "article" or "not_article"
    text_digest: str | None = None
    published_on: date | None = None
    canonical: str | None = None  # another URL that has the same text


def learn(frontier: Frontier, lessons: Sequence[Lesson], *, upto: int, now: datetime) -> None:
    """Set the due times of the URLs of `lessons`, and remember that all fetches to `upto` are done.

    Later lessons of one URL win over earlier ones.  In SQLite it is one transaction; in Postgres
    crawlers wait for a part of one source's at most.
    """
    frontier.begin()
    ordered = sorted(lessons, key=lambda lesson: (lesson.source, lesson.fetch_id))
    for at in range(0, len(ordered), STEP):
        for source, part in groupby(ordered[at : at + STEP], key=lambda lesson: lesson.source):
            frontier.hold(source)
            for lesson in part:
                _take(frontier.connection, lesson, now.timestamp())
            frontier.pause()
    frontier.begin()
    frontier.connection.execute(
        "INSERT INTO memory VALUES ('learned', ?) ON CONFLICT (name)"
        " DO UPDATE SET value = excluded.value"
        " WHERE CAST(memory.value AS BIGINT) < CAST(excluded.value AS BIGINT)",
        (str(upto),),
    )
    frontier.commit()


def _take(connection: Connection, lesson: Lesson, now: float) -> None:
    row = connection.execute(_KNOWN, (lesson.source, lesson.url)).fetchone()
    if row is None or row[1] >= lesson.fetch_id:
        return
    url_id, _, shape, kind, text_digest, fetched_at, found_at, published_at, alias_of = row
    if lesson.published_on is not None:
        published_at = datetime.combine(lesson.published_on, time(), UTC).timestamp()
    if lesson.canonical is not None:
        alias_of = _id_of(connection, lesson.source, lesson.canonical) or alias_of
    unchanged = fetched_at is not None and text_digest == lesson.text_digest is not None
    due = _due_of(lesson, now, published_at, now - found_at if unchanged else 0.0)
    if lesson.outcome == "article" and lesson.canonical is None:
        due = due_as_canary(connection, lesson.source, url_id, due)
    values: dict[str, Any] = {
        "url_id": url_id,
        "lesson": lesson.fetch_id,
        "text_digest": lesson.text_digest,
        "published_at": published_at,
        "alias_of": alias_of,
        "due_at": (fetched_at or now) + due.seconds,
        "interval": due.seconds,
        "reason": due.reason,
    }
    connection.execute(_LEARN, values)
    if lesson.canonical is None or alias_of != row[-1]:  # each pair of pages counts once
        _learn_spelling(connection, lesson)
    if lesson.outcome == "not_article" and kind == "article":
        connection.execute("UPDATE url SET kind = 'other' WHERE url_id = ?", (url_id,))
        note_no_article(connection, lesson.source, shape, now)


def _learn_spelling(connection: Connection, lesson: Lesson) -> None:
    """Tell apart other spellings of one page, and pages that only look like such."""
    if lesson.canonical is not None:
        spelling.note_same(connection, lesson.source, lesson.url, lesson.canonical)
        return
    for twin in spelling.twins(connection, lesson.source, lesson.url):
        row = connection.execute(
            "SELECT text_digest, gone_at FROM url WHERE source = ? AND url = ?",
            (lesson.source, twin),
        ).fetchone()
        if row and (row[1] is not None or row[0] not in {None, lesson.text_digest}):
            spelling.note_other(connection, lesson.source, lesson.url)


def _due_of(lesson: Lesson, now: float, published_at: float | None, unchanged_for: float) -> Due:
    if lesson.outcome == "not_article":
        return Due(seconds=OTHER_INTERVAL, reason="no article in it")
    if lesson.canonical is not None:
        return Due(seconds=OTHER_INTERVAL, reason="another URL has the same text")
    age = None if published_at is None else max(now - published_at, 0.0)
    return article_due(age=age, unchanged_for=unchanged_for, jitter=jitter_of(lesson.url))


def _id_of(connection: Connection, source: str, url: str) -> int | None:
    row = connection.execute(
        "SELECT url_id FROM url WHERE source = ? AND url = ?", (source, url)
    ).fetchone()
    return None if row is None else int(row[0])


_KNOWN: Final = """
    SELECT url_id, lesson, shape, kind, text_digest, fetched_at, found_at, published_at, alias_of
    FROM url
    WHERE source = ? AND url = ?
"""

# A listing keeps its own rhythm; it is no news that it is not an article.
_LEARN: Final = """
    UPDATE url
    SET lesson = :lesson,
        text_digest = coalesce(:text_digest, text_digest),
        published_at = :published_at,
        alias_of = :alias_of,
        due_at = CASE WHEN kind = 'article' AND state = 'waiting' THEN :due_at ELSE due_at END,
        interval = CASE WHEN kind = 'article' AND state = 'waiting' THEN :interval
                        ELSE interval END,
        reason = CASE WHEN kind = 'article' AND state = 'waiting' THEN :reason ELSE reason END
    WHERE url_id = :url_id
"""
