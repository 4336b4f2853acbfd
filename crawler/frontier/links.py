"""Taking up the links of a page: what is new among them, and where each goes in the queue."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from crawler.frontier import spelling
from crawler.frontier.connection import Connection
from crawler.frontier.queue import NewUrl, Task, add_url
from crawler.frontier.schedule import (
    Rank,
    is_next_page,
    is_pager,
    is_title,
    is_trap,
    parked_due,
    put_off_due,
    rank_of,
)
from crawler.frontier.settle import LISTS, News
from crawler.frontier.shapes import expected, has_yielded
from crawler.frontier.shown import Shown
from crawler.frontier.worth import ShapeClass
from crawler.sources import Source
from crawler.url_rules import NO_RULES
from crawler.url_shape import url_shape
from crawler.urls import respell
from crawler.visit import PART, Found, Visit

MAX_FEEDS: Final = 5  # of one source: some content systems offer one a page
MAX_SITEMAPS: Final = 500  # research/crawl.md S14
MAX_SITEMAP_DEPTH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    link: Found
    shape_class: ShapeClass
    url_id: int | None  # None: new


def add_links(
    connection: Connection,
    task: Task,
    source: Source,
    visit: Visit,
    shown: Shown,
    now: float,
) -> News:
    """Enter the links of `visit`, made for `task`, and say what was new."""
    found = visit.found
    if source.urls != NO_RULES:
        found = tuple(replace(link, url=respell(link.url, source.urls)) for link in found)
    found = spelling.respell(connection, source.name, found)
    seen = [_look_up(connection, source.name, link) for link in found]
    likely = [one for one in seen if _is_likely_article(one)]
    fresh = shown.count_fresh(task, [one.link.url for one in likely])
    had_news = any(one.url_id is None for one in likely)
    yielded = has_yielded(connection, task.source, task.shape)
    thrift = shown.thrift(task.source)
    # On from the start, also where a sitemap has named all that the first pages show.
    is_under_way = yielded or (task.rank is Rank.PAGER and not thrift)
    is_walk = task.role == "start" or had_news or (fresh > 0 and is_under_way)
    new: list[_Seen] = []
    for one in seen:
        if one.url_id is not None:
            _take_up_known(connection, task, one, now, had_news)
        elif _enter(connection, task, source, visit, one, now, is_walk, thrift):
            new.append(one)
    if any(_is_likely_article(one) for one in new):
        # A known listing has news because the site has; only new pages tell how much it hides.
        if task.fetched_at is None and task.role != "feed":
            shown.note_news(task.source)
    elif visit.kind in LISTS:
        shown.note_known(task.source, [one.link.url for one in likely])
    return News(
        new=len(new),
        new_articles=sum(_is_likely_article(one) for one in new),
        fresh=fresh,
        is_under_way=is_under_way,
    )


def _look_up(connection: Connection, source: str, link: Found) -> _Seen:
    row = connection.execute(
        "SELECT url_id FROM url WHERE source = ? AND url = ?", (source, link.url)
    ).fetchone()
    return _Seen(
        link=link,
        shape_class=expected(connection, source, url_shape(link.url)),
        url_id=None if row is None else row[0],
    )


def _is_likely_article(one: _Seen) -> bool:
    if one.link.role != "page":
        return False
    if one.shape_class is ShapeClass.ARTICLE:
        return True
    return one.shape_class is ShapeClass.UNTRIED and is_title(one.link.text)


def _take_up_known(
    connection: Connection, task: Task, one: _Seen, now: float, had_news: bool
) -> None:
    """Improve what is known of a URL that is linked once more."""
    if is_title(one.link.text):
        connection.execute(_BETTER_TEXT, {"text": one.link.text, "url_id": one.url_id})
    if one.link.published_at is not None:
        connection.execute(
            "UPDATE url SET published_at = coalesce(published_at, ?) WHERE url_id = ?",
            (one.link.published_at, one.url_id),
        )
    is_revisit = task.fetched_at is not None
    if is_revisit and had_news and is_next_page(task.link_text, one.link.url, one.link.text):
        # The walk through a listing goes on as long as there are news.
        values = {"url_id": one.url_id, "now": now, "rank": Rank.LISTING_DUE.value,
                  "of": task.url_id}  # fmt: skip
        connection.execute(_GO_ON, values)


def _enter(
    connection: Connection,
    task: Task,
    source: Source,
    visit: Visit,
    one: _Seen,
    now: float,
    is_walk: bool,
    thrift: int,
) -> bool:
    link = one.link
    if link.role != "page":
        return _enter_list(connection, task, visit, link, now)
    is_next = is_pager(link.url, link.text, link.rel)
    is_sideways = is_next or one.shape_class is ShapeClass.ARTICLE
    depth = task.depth if is_sideways else task.depth + 1
    if is_trap(link.url, depth):
        return False
    rank = rank_of(one.shape_class, link.text)
    state, due_at, reason = "queued", now, "new link"
    if link.rel == PART:
        rank, reason = Rank.PAGER, "another part of an article"
    elif is_next and is_walk and visit.kind in LISTS:
        rank, reason = Rank.PAGER, "next page of a listing"
    elif one.shape_class is ShapeClass.PARKED:
        due = parked_due(link.url)
        state, due_at, reason = "parked", now + due.seconds, due.reason
    elif rank is Rank.UNTRIED and thrift > (0 if is_next else 1):
        due = put_off_due(link.url)
        state, due_at, reason = "parked", now + due.seconds, due.reason
    if _is_too_old(source, link):
        state, reason = "excluded", f"published before {source.since}"
    new = NewUrl(
        url=link.url,
        state=state,
        rank=rank,
        due_at=due_at,
        reason=reason,
        depth=depth,
        found_on=task.url_id,
        link_text=link.text,
        published_at=link.published_at,
        pagers=int(is_next),
    )
    return add_url(connection, task.source, new, now) is not None


def _enter_list(connection: Connection, task: Task, visit: Visit, link: Found, now: float) -> bool:
    """Enter a feed or sitemap, unless the source has plenty."""
    if visit.kind == "article" and task.role != "start":
        return False  # a feed of one article's comments
    count = connection.execute(
        "SELECT count(*) FROM url WHERE source = ? AND role = ?", (task.source, link.role)
    ).fetchone()[0]
    if link.role == "feed" and count and task.role != "start":
        return False  # of one category, tag or author: what it names, the site's own names too
    depth = task.depth + 1 if task.role == "sitemap" else 1
    limit = MAX_FEEDS if link.role == "feed" else MAX_SITEMAPS
    if count >= limit or (link.role == "sitemap" and depth > MAX_SITEMAP_DEPTH):
        return False
    new = NewUrl(
        url=link.url,
        role=link.role,
        rank=Rank.ROOT,
        due_at=now,
        reason=f"new {link.role}",
        depth=depth,
        found_on=task.url_id,
        link_text=link.text,
    )
    return add_url(connection, task.source, new, now) is not None


def _is_too_old(source: Source, link: Found) -> bool:
    if source.since is None or link.published_at is None:
        return False
    return datetime.fromtimestamp(link.published_at, UTC).date() < source.since


_BETTER_TEXT: Final = """
    UPDATE url SET link_text = :text
    WHERE url_id = :url_id AND fetched_at IS NULL
      AND length(coalesce(link_text, '')) < length(:text) / 2
"""

_GO_ON: Final = """
    UPDATE url
    SET state = 'queued', rank = :rank, due_at = :now,
        reason = 'the page before it in the listing had news'
    WHERE url_id = :url_id AND state = 'waiting' AND kind = 'listing'
      AND fetched_at < coalesce(
          (SELECT started_at FROM run JOIN url AS one ON lease_run = run_id WHERE one.url_id = :of),
          (SELECT max(started_at) FROM run)
      )
"""
