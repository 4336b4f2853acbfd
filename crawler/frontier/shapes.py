"""What the pages of each shape have been, and what follows for those not fetched yet.

The evidence by which a crawl stays frugal: `crawler.frontier.schedule.shape_class` decides, this
module counts and moves the queue.  Parked URLs are never dropped: they come back when their shape
yields after all, and a few are probed in later runs.
"""

from enum import StrEnum
from typing import Final

from crawler.frontier import memory
from crawler.frontier.connection import Connection
from crawler.frontier.schedule import (
    PARKED_FOR,
    PARKED_SPREAD,
    PUT_OFF,
    PUT_OFF_FOR,
    PUT_OFF_SPREAD,
    Rank,
)
from crawler.frontier.worth import (
    DRY_LEAST,
    RECAPTURED_LEAST,
    Lately,
    Shape,
    ShapeClass,
    Site,
    shape_class,
)

NOTHING_LATELY: Final = Lately()


class Evidence(StrEnum):
    """What one fetched page says about its shape."""

    ARTICLE = "article"  # it is one
    YIELD = "yield"  # it led to articles not known before
    NEUTRAL = "neutral"  # further down a listing that has yielded, with articles already known
    BARREN = "barren"  # neither


def expected(connection: Connection, source: str, shape: str) -> ShapeClass:
    """Return what to expect of a page of `shape`."""
    row = connection.execute(
        "SELECT class FROM shape WHERE source = ? AND shape = ?", (source, shape)
    ).fetchone()
    return ShapeClass(row[0]) if row else ShapeClass.UNTRIED


def has_yielded(connection: Connection, source: str, shape: str) -> bool:
    """Return whether any page of `shape` led to new articles."""
    row = connection.execute(
        "SELECT yielding > 0 FROM shape WHERE source = ? AND shape = ?", (source, shape)
    ).fetchone()
    return bool(row and row[0])


def articles_of(connection: Connection, source: str) -> int:
    """Return how many articles of `source` have been fetched."""
    row = connection.execute(
        "SELECT coalesce(sum(articles), 0) FROM shape WHERE source = ?", (source,)
    ).fetchone()
    return int(row[0])


def site_of(connection: Connection, source: str, lately: Lately) -> Site:
    """Return what is known of all shapes of `source` together."""
    articles, known, barren = connection.execute(_SITE, (source,)).fetchone()
    return Site(articles=articles, known=known, barren=barren, lately=lately)


def save_requests(
    connection: Connection, source: str, lately: Lately, thrift: int, now: float
) -> int:
    """Put off what hardly leads to new articles, or take it back; return how much is put off now.

    `thrift` is how much was, as the result: 0 nothing; 1 the further pages of barren listings;
    2 all that is untried.
    """
    if not thrift and not lately.dry and _is_put_off(connection, source):
        thrift = 2  # by an earlier run, and now there are news
    if not thrift and lately.recaptured < RECAPTURED_LEAST and lately.dry < DRY_LEAST:
        return 0  # as nearly always: nothing to reckon
    site = site_of(connection, source, lately)
    wanted = 2 if site.is_exhausted else int(site.is_complete)
    values = {"source": source, "now": now}
    if wanted > thrift:
        tried = connection.execute(_TRIED, (source,)).fetchall()
        for (shape,) in tried:
            reclassify(connection, source, shape, now, lately)
        spread = {"wait": PUT_OFF_FOR, "spread": PUT_OFF_SPREAD}
        connection.execute(_PUT_OFF, values | spread | {"all": wanted > 1, "reason": PUT_OFF})
        memory.keep(connection, _OFF + source, "1")
    elif not wanted and thrift:
        connection.execute(_TAKE_BACK, values | {"reason": PUT_OFF})
        memory.drop(connection, _OFF + source)
    return wanted if wanted > thrift or not wanted else thrift


def _is_put_off(connection: Connection, source: str) -> bool:
    return memory.kept(connection, _OFF + source) is not None


def dry_of(connection: Connection, source: str) -> int:
    """Return how many listings of `source` in a row had brought nothing when the last run ended."""
    return int(memory.kept(connection, _DRY + source) or 0)


def save_dry(connection: Connection, source: str, dry: int) -> None:
    """Keep the number of listings in a row that brought nothing for the next run."""
    memory.keep(connection, _DRY + source, str(dry))


def note_known(connection: Connection, source: str, shape: str, *, pagers: int = 0) -> None:
    """Count a URL of `shape` that was not known before; `pagers`: 1 if it was found as one."""
    connection.execute(_KNOWN, {"source": source, "shape": shape, "pagers": pagers})


def note_fetched(
    connection: Connection,
    source: str,
    shape: str,
    evidence: Evidence,
    now: float,
    lately: Lately,
) -> None:
    """Count the first visit to a URL of `shape`, and let the queue follow."""
    connection.execute(_FETCHED, {"source": source, "shape": shape, "evidence": evidence.value})
    reclassify(connection, source, shape, now, lately)


def note_late_yield(connection: Connection, source: str, shape: str, now: float) -> None:
    """Count a page that seemed barren, now that one of its links turned out an article."""
    connection.execute(
        "UPDATE shape SET yielding = yielding + 1, barren = 0 WHERE source = ? AND shape = ?",
        (source, shape),
    )
    reclassify(connection, source, shape, now)


def note_no_article(connection: Connection, source: str, shape: str, now: float) -> None:
    """Take back one article of `shape`: extraction found none in the page."""
    connection.execute(
        "UPDATE shape SET articles = max(articles - 1, 0), barren = barren + 1"
        " WHERE source = ? AND shape = ?",
        (source, shape),
    )
    reclassify(connection, source, shape, now)


def reclassify(
    connection: Connection,
    source: str,
    shape: str,
    now: float,
    lately: Lately = NOTHING_LATELY,
) -> None:
    """Decide anew what `shape` is, and move its queued and parked URLs accordingly."""
    known, pagers, fetched, articles, yielding, barren, was = connection.execute(
        "SELECT known, pagers, fetched, articles, yielding, barren, class FROM shape"
        " WHERE source = ? AND shape = ?",
        (source, shape),
    ).fetchone()
    counts = Shape(
        known=known,
        pagers=pagers,
        fetched=fetched,
        articles=articles,
        yielding=yielding,
        barren=barren,
    )
    is_now = shape_class(counts, site_of(connection, source, lately))
    if is_now == was:
        return
    connection.execute(
        "UPDATE shape SET class = ? WHERE source = ? AND shape = ?", (is_now.value, source, shape)
    )
    values = {"source": source, "shape": shape, "now": now}
    if is_now is ShapeClass.PARKED:
        spread = {"wait": PARKED_FOR, "spread": PARKED_SPREAD}
        connection.execute(_PARK, values | spread)
    else:
        connection.execute(_MOVE, values | {"rank": _RANKS[is_now].value})


_RANKS: Final = {
    ShapeClass.ARTICLE: Rank.ARTICLE,
    ShapeClass.LISTING: Rank.LISTING,
    ShapeClass.UNTRIED: Rank.UNTRIED,
}

_DRY: Final = "dry listings of "
_OFF: Final = "put off of "  # there if a part of the source is

_SITE: Final = """
    SELECT coalesce(sum(articles), 0),
           coalesce(sum(known) FILTER (WHERE class = 'article'), 0),
           coalesce(sum(max(fetched - articles - yielding, 0)), 0)
    FROM shape WHERE source = ?
"""

_TRIED: Final = """
    SELECT shape FROM shape
    WHERE source = ? AND fetched > 0 AND fetched < known AND class IN ('untried', 'listing')
"""

_PUT_OFF: Final = """
    UPDATE url
    SET state = 'parked', due_at = :now + :wait + :spread * (url_id * 7919 % 1000) / 1000.0,
        reason = :reason
    WHERE source = :source AND state = 'queued' AND fetched_at IS NULL
      AND CASE WHEN :all THEN rank IN (5, 6)
               ELSE rank = 6 AND shape IN (
                   SELECT shape FROM shape WHERE source = :source AND 2 * pagers >= known
               ) END
"""

_TAKE_BACK: Final = """
    UPDATE url SET state = 'queued', due_at = min(due_at, :now), reason = 'new link'
    WHERE source = :source AND state = 'parked' AND reason = :reason
"""

_KNOWN: Final = """
    INSERT INTO shape (source, shape, known, pagers) VALUES (:source, :shape, 1, :pagers)
    ON CONFLICT (source, shape) DO UPDATE
    SET known = shape.known + 1, pagers = shape.pagers + :pagers
"""

_FETCHED: Final = """
    UPDATE shape
    SET fetched = fetched + 1,
        articles = articles + CASE :evidence WHEN 'article' THEN 1 ELSE 0 END,
        yielding = yielding + CASE :evidence WHEN 'yield' THEN 1 ELSE 0 END,
        barren = CASE :evidence
                     WHEN 'barren' THEN barren + 1
                     WHEN 'neutral' THEN barren
                     ELSE 0
                 END
    WHERE source = :source AND shape = :shape
"""

# Ranks 1, 3, 5, 6, 7: what waits on evidence.  The spread keeps them from being due all at once.
_PARK: Final = """
    UPDATE url
    SET state = 'parked',
        due_at = :now + :wait + :spread * (url_id * 7919 % 1000) / 1000.0,
        reason = 'parked: pages of this shape brought no new article'
    WHERE source = :source AND shape = :shape AND state = 'queued' AND fetched_at IS NULL
      AND rank IN (1, 3, 5, 6, 7)
"""

_MOVE: Final = """
    UPDATE url
    SET state = 'queued',
        rank = :rank,
        tie = CASE :rank WHEN 6 THEN url_id * 7919 % 1000 ELSE 0 END,
        due_at = min(due_at, :now),
        reason = 'pages of this shape were worth a visit'
    WHERE source = :source AND shape = :shape AND fetched_at IS NULL
      AND (state = 'parked' OR (state = 'queued' AND rank IN (1, 5, 6, 7)))
"""
