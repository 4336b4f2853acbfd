"""Other addresses of a page: where redirects lead, and what pages name as their own."""

from typing import Final

from crawler.frontier import shapes, spelling
from crawler.frontier.connection import Connection
from crawler.frontier.queue import NewUrl, Task, add_url
from crawler.frontier.schedule import MAX_HOPS, OTHER_INTERVAL, Rank, parked_due, rank_of
from crawler.frontier.worth import ShapeClass
from crawler.url_shape import url_shape
from crawler.visit import Trouble, Visit


def without_loop(connection: Connection, task: Task, visit: Visit) -> Visit:
    """Return `visit`, as an error if its redirect leads back to where it came from."""
    if visit.target is None or visit.error is not None:
        return visit
    if task.hops < MAX_HOPS and not _leads_back(connection, task, visit.target):
        return visit
    return Visit(
        kind=visit.kind,
        fetched_at=visit.fetched_at,
        status=visit.status,
        error=Trouble.REDIRECT_LOOP,
        target=visit.target,
    )


def follow(connection: Connection, task: Task, visit: Visit, now: float) -> None:
    """Enter the target of a redirect; it is fetched like any other URL, in its turn."""
    assert visit.target is not None  # noqa: S101 - the caller asked
    shape_class = shapes.expected(connection, task.source, url_shape(visit.target))
    is_root = task.role != "page" or shape_class is ShapeClass.UNTRIED
    is_parked = shape_class is ShapeClass.PARKED and not is_root
    new = NewUrl(
        url=visit.target,
        role=task.role,
        state="parked" if is_parked else "queued",
        rank=Rank.ROOT if is_root else rank_of(shape_class, task.link_text),
        due_at=now + parked_due(visit.target).seconds if is_parked else now,
        reason="where a redirect leads",
        depth=task.depth,
        hops=task.hops + 1,
        found_on=task.url_id,
        link_text=task.link_text,
        published_at=task.published_at,
    )
    add_url(connection, task.source, new, now)
    connection.execute(
        "UPDATE url SET alias_of = (SELECT url_id FROM url WHERE source = ? AND url = ?)"
        " WHERE url_id = ?",
        (task.source, visit.target, task.url_id),
    )
    if task.fetched_at is None:
        spelling.note_same(connection, task.source, task.url, visit.target)


def note_canonical(connection: Connection, task: Task, visit: Visit, now: float) -> None:
    """Enter that the page names another URL as its own; the other stands for both.

    Only what is known or linked is taken for it: `visit.found` has the link, if it is in scope.
    """
    if visit.canonical is None or visit.error is not None:
        return
    own = connection.execute(
        "SELECT url_id, kind FROM url WHERE source = ? AND url = ?", (task.source, visit.canonical)
    ).fetchone()
    if own is None:
        return
    if own[1] == "article" or _is_article_elsewhere(visit):
        reason = f"names {visit.canonical} as its own address"
        values = (own[0], Rank.REVISIT.value, now + OTHER_INTERVAL, OTHER_INTERVAL, reason)
        connection.execute(_ALIAS, (*values, task.url_id))
    if task.fetched_at is None:
        spelling.note_named(connection, task.source, task.url, visit.canonical)


def _is_article_elsewhere(visit: Visit) -> bool:
    """Whether only its address speaks against the page's being an article.

    Pages of a list often name its first page as their own; those are no aliases.
    """
    weights = [
        float(sign.partition(" ")[0]) for sign in visit.evidence if "canonical address" not in sign
    ]
    return visit.kind == "listing" and sum(weights) > 0


def _leads_back(connection: Connection, task: Task, target: str) -> bool:
    row = connection.execute(_CHAIN, {"source": task.source, "target": target,
                                      "url_id": task.url_id}).fetchone()  # fmt: skip
    return bool(row[0])


_ALIAS: Final = """
    UPDATE url SET alias_of = ?, rank = ?, due_at = ?, interval = ?, reason = ? WHERE url_id = ?
"""

# Only redirects lead on: a page that has the same text as another, or names it, stays where it is.
_CHAIN: Final = """
    WITH RECURSIVE chain (url_id, leads_to) AS (
        SELECT url_id, CASE kind WHEN 'redirect' THEN alias_of END
        FROM url WHERE source = :source AND url = :target
        UNION
        SELECT url.url_id, CASE url.kind WHEN 'redirect' THEN url.alias_of END
        FROM url JOIN chain ON url.url_id = chain.leads_to
    )
    SELECT count(*) FROM chain WHERE url_id = :url_id
"""
