"""Taking a page or a host out for good: of the queue, of the archive, and of every later crawl.

A takedown is lasting: what remains is a tombstone with its reason, and the frontier enters nothing
that lies below one.  With it go the archived lists that name it, and its names in findings and
logs.  Other articles keep their words, also where they name it: what they say is theirs.  The
warehouse and its snapshots are `warehouse.forget`'s.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from crawler.archive import ArchivePlace, Location, read_page
from crawler.decode import decode
from crawler.faults import Point, reached
from crawler.frontier.connection import Connection
from crawler.frontier.store import Frontier
from crawler.frontier.tombstones import below, bury
from crawler.mentions import MIN_TITLE, Mentions
from crawler.rewrite import enter_rewrite, remove_old, write_without
from crawler.urls import canonicalize


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """What the frontier has of a target."""

    target: str  # a canonical URL or a host
    urls: tuple[str, ...]  # the target's own, and those that lead to it
    url_ids: tuple[int, ...]
    fetch_ids: tuple[int, ...]
    records: int  # of them in the archive
    segments: int  # that hold these
    titles: tuple[str, ...] = ()  # by which other pages may name it
    lists: tuple[int, ...] = ()  # fetch_ids of archived pages that are no articles and name it
    starts: tuple[str, ...] = ()  # of it, those that fatiao.toml names

    @property
    def mentions(self) -> Mentions:
        """What is to be named nowhere any more."""
        return Mentions(self.target, self.urls, self.titles, self.starts)


def read_target(text: str) -> str | None:
    """Return the canonical URL, or the host in lower case, that `text` names; None: neither.

    >>> read_target("HTTP://Site.cn/a?utm_source=x"), read_target("M.Site.cn"), read_target("a b")
    ('http://site.cn/a', 'm.site.cn', None)
    """
    if "://" in text:
        return canonicalize(text)
    url = canonicalize(f"http://{text}/")
    return urlsplit(url).netloc if url and urlsplit(url).path == "/" else None


def is_hit(target: str, url: str) -> bool:
    """Return whether `url` is the target, or lies below it."""
    words = target.partition("://")[2].removeprefix("www.") or target
    return words in url and target in below(url)  # the first is quick, and says no to most


def find(frontier: Frontier, target: str, further: Iterable[str] = ()) -> Doomed:
    """Return what the frontier has of `target` and of the URLs `further`."""
    connection = frontier.connection
    wanted = set(further)
    rows = connection.execute("SELECT url_id, url FROM url").fetchall()
    found = {url_id: url for url_id, url in rows if url in wanted or is_hit(target, url)}
    found |= {
        url_id: url for url_id, url, final in connection.execute(_LED) if is_hit(target, final)
    }
    if "://" in target:
        found |= dict(_leading_to(connection, list(found)))
    fetches = [row for url_id in found for row in connection.execute(_FETCHES, (url_id,))]
    return Doomed(
        target=target,
        urls=tuple(sorted(set(found.values()))),
        url_ids=tuple(found),
        fetch_ids=tuple(fetch_id for fetch_id, _ in fetches),
        records=sum(file is not None for _, file in fetches),
        segments=len({file for _, file in fetches if file is not None}),
        titles=_link_texts(connection, found),
    )


def with_mentions(
    frontier: Frontier,
    archive: ArchivePlace,
    doomed: Doomed,
    titles: Iterable[str],
    starts: Iterable[str],
) -> Doomed:
    """Return `doomed` with further `titles`, and the archived lists that name any of it.

    `starts` are the start URLs of fatiao.toml.

    Raises:
        ArchiveError: a list cannot be read.
    """
    known = {*doomed.titles, *(title for title in titles if len(title) >= MIN_TITLE)}
    own = tuple(url for url in map(canonicalize, starts) if url and is_hit(doomed.target, url))
    doomed = replace(doomed, titles=tuple(sorted(known)), starts=own)
    return replace(doomed, lists=tuple(_lists_that_name(frontier, archive, doomed)))


def files_of(frontier: Frontier, doomed: Doomed) -> set[str]:
    """Return the segments that are to be read, or written anew, to forget `doomed`."""
    ids = {"ids": json.dumps(doomed.url_ids)}
    found = {file for _, file, *_ in frontier.connection.execute(_LISTS, ids)}
    for url_id in doomed.url_ids:
        found |= {file for _, file in frontier.connection.execute(_FETCHES, (url_id,)) if file}
    return found


def forget(
    frontier: Frontier,
    archive: ArchivePlace,
    doomed: Doomed,
    because: str,
    now: float,
    run_id: int | None = None,
) -> None:
    """Take `doomed` out of frontier and archive; the caller has both to itself.

    `run_id` is given where several share the frontier (`crawler.frontier.alone`).  Killed before
    its one commit, nothing has happened; killed after it, the next run removes the old segments.

    Raises:
        ArchiveError: a record that is to be kept cannot be read.
    """
    connection = frontier.connection
    frontier.will_erase()
    rewrite = write_without(connection, archive, (*doomed.fetch_ids, *doomed.lists), run_id)
    frontier.begin()
    further = doomed.urls if "://" in doomed.target else ()
    for target in (doomed.target, *further):
        bury(connection, target, because, now)
    enter_rewrite(connection, rewrite)
    _delete(connection, doomed)
    _scrub(frontier, doomed.mentions)
    reached(Point.BEFORE_REPLACE)
    frontier.commit()
    reached(Point.AFTER_REPLACE)
    frontier.has_erased()
    remove_old(archive, rewrite)


def purge_logs(folder: Path, mentions: Mentions) -> int:
    """Take every line that names it out of the logs in and below `folder`; return how many."""
    count = 0
    for path in folder.rglob("*.log"):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        kept = [line for line in lines if not mentions.are_in(line)]
        if len(kept) < len(lines):
            path.write_text("".join(kept), encoding="utf-8")
            count += len(lines) - len(kept)
    return count


def _link_texts(connection: Connection, found: dict[int, str]) -> tuple[str, ...]:
    ids = json.dumps(list(found))
    rows = connection.execute(_TEXTS, {"ids": ids, "length": MIN_TITLE}).fetchall()
    return tuple(text for (text,) in rows)


def _lists_that_name(frontier: Frontier, archive: ArchivePlace, doomed: Doomed) -> Iterator[int]:
    """Yield the archived pages of the same sources that are no articles and name it.

    Nothing is made of them but links that are long entered, so they can go whole.
    """
    mentions, own = doomed.mentions, set(doomed.fetch_ids)
    bounded = [_as_link(path) for path in mentions.paths]
    rows = frontier.connection.execute(_LISTS, {"ids": json.dumps(doomed.url_ids)}).fetchall()
    for fetch_id, *place in rows:
        if fetch_id in own:
            continue
        page = read_page(archive, Location(*place))
        text = decode(page.body, page.header("content-type")).text
        if mentions.are_in(text) or any(path.search(text) for path in bounded):
            yield fetch_id


def _as_link(path: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(path)}(?![\w/%?&=.~-])")


def _scrub(frontier: Frontier, mentions: Mentions) -> None:
    """Take its names out of what was said of the runs and is known of hosts."""
    connection = frontier.connection
    if frontier.has_table("lease"):  # of hosts too, by their names; nobody has one now
        names = connection.execute("SELECT name FROM lease WHERE name LIKE 'host:%'").fetchall()
        held = [(name,) for (name,) in names if mentions.is_it(f"//{name.removeprefix('host:')}/")]
        connection.executemany("DELETE FROM lease WHERE name = ?", held)
    for table, column in _HOSTS:
        rows = connection.execute(f"SELECT {column} FROM {table}").fetchall()  # noqa: S608 - our own names
        gone = [(text,) for (text,) in rows if text == mentions.target or mentions.is_it(text)]
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)  # noqa: S608 - our own names
    for table, column in _SAID:
        if not frontier.has_table(table):
            continue
        rows = connection.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()  # noqa: S608 - our own names
        for (text,) in rows:
            if text and mentions.are_in(text):
                update = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - our own names
                connection.execute(update, (mentions.scrubbed(text), text))


def _leading_to(connection: Connection, url_ids: list[int]) -> list[tuple[int, str]]:
    """Return the URLs that redirect to one of `url_ids`, or have its text, at any remove."""
    found: dict[int, str] = {}
    waiting = list(url_ids)
    while waiting:
        rows = connection.execute(_ALIASES, (waiting.pop(),)).fetchall()
        waiting += [url_id for url_id, _ in rows if url_id not in found]
        found |= dict(rows)
    return list(found.items())


def _delete(connection: Connection, doomed: Doomed) -> None:
    ids = {"ids": json.dumps(doomed.url_ids)}
    for statement in _DELETE:
        connection.execute(statement, ids)


_IDS: Final = "(SELECT CAST(value AS BIGINT) FROM json_each(:ids))"
_DELETE: Final = (
    f"DELETE FROM fetch WHERE url_id IN {_IDS}",  # noqa: S608 - a constant
    f"UPDATE url SET found_on = NULL WHERE found_on IN {_IDS}",  # noqa: S608 - a constant
    f"UPDATE url SET alias_of = NULL WHERE alias_of IN {_IDS}",  # noqa: S608 - a constant
    f"DELETE FROM url WHERE url_id IN {_IDS}",  # noqa: S608 - a constant
)
_FETCHES: Final = "SELECT fetch_id, file FROM fetch WHERE url_id = ?"
_LED: Final = (
    "SELECT DISTINCT url_id, url, final_url FROM fetch JOIN url USING (url_id)"
    " WHERE final_url <> url"
)
# By which no other page is linked: what is said of that one stays.
_TEXTS: Final = f"""
    SELECT link_text FROM url WHERE link_text IN (
        SELECT link_text FROM url WHERE url_id IN {_IDS} AND length(link_text) >= :length
    )
    GROUP BY link_text HAVING count(*) FILTER (WHERE url_id NOT IN {_IDS}) = 0
"""  # noqa: S608 - a constant
_LISTS: Final = f"""
    SELECT fetch_id, file, offset, length FROM fetch JOIN url USING (url_id)
    WHERE file IS NOT NULL AND fetch.kind NOT IN ('article', 'not_modified')
      AND source IN (SELECT source FROM url WHERE url_id IN {_IDS})
    ORDER BY fetch_id
"""  # noqa: S608 - a constant
_HOSTS: Final = (
    ("robots", "origin"),
    ("host", "host"),
    ("spelling", "was"),
    ("spelling", "becomes"),
)
_SAID: Final = (("health", "reason"), ("finding", "record"), ("incident", "reason"))
_ALIASES: Final = "SELECT url_id, url FROM url WHERE alias_of = ?"
