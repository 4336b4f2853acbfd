"""One page under several spellings of its URL: learnt from what the site itself shows.

http and https, with and without www. or m., with and without a slash at the end: which of them is
the page's own is told by redirects, by rel=canonical, and by one text under both; never by their
likeness alone.  Three pages that agree make a rule; pages that differ unmake it.

>>> pair_of("http://site.cn/a/1.html", "https://www.site.cn/a/1.html")
('http://site.cn', 'https://www.site.cn')
>>> pair_of("http://site.cn/archives/2026", "http://site.cn/archives/2026/")
('/archives/#', '/')
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawler.frontier.connection import Connection
from crawler.frontier.schedule import Rank
from crawler.url_shape import url_shape
from crawler.urls import CanonicalUrl, host_key
from crawler.visit import Found

LEAST: Final = 3  # pages that agree; of one shape of URL, two tell that a slash is missing
LEAST_OF_SHAPE: Final = 2
AGAINST: Final = 0.1  # the share of pages that may differ: a dead link is no other page
SLASH: Final = "/"


def pair_of(url: str, other: str) -> tuple[str, str] | None:
    """Return what changes from `url` to `other`, if that says something about other URLs too.

    Two origins of one site; or the shape of the URL and the slash that it lacks.
    """
    one, two = urlsplit(url), urlsplit(other)
    if one.query != two.query or host_key(url) != host_key(other):
        return None
    if one.path == two.path and _bare(one.hostname) == _bare(two.hostname):
        was, becomes = _origin(url), _origin(other)
        return (was, becomes) if was != becomes else None
    is_slash = _origin(url) == _origin(other) and one.path + SLASH == two.path
    return (url_shape(url), SLASH) if is_slash else None


def note_same(connection: Connection, source: str, url: str, other: str) -> None:
    """Count a page at `url` that the site says to be `other`, and let the queue follow."""
    pair = pair_of(url, other)
    if pair is None:
        return
    before = _rules(connection, source)
    connection.execute(_NOTE, (source, *pair, 1, 0))
    _restore(connection, source, before)
    if pair[1] != SLASH and pair in _rules(connection, source):
        _move(connection, source, *pair)


def note_named(connection: Connection, source: str, url: str, other: str) -> None:
    """Count a page at `url` that names `other` as its own, if such addresses are answered.

    Some sites name with https, or with www., what is not served there.  The first page named so is
    asked for at once, to find out.
    """
    pair = pair_of(url, other)
    if pair is None:
        return
    origin, shape = _origin(other), url_shape(other)
    if connection.execute(_ANSWERED, {"source": source, "shape": shape, "at": origin}).fetchone():
        note_same(connection, source, url, other)
    elif connection.execute(_UNPROVEN, (source, *pair)).rowcount:
        connection.execute(_ASK, (Rank.SAMPLE.value, source, other))


def note_other(connection: Connection, source: str, url: str) -> None:
    """Count a page at `url` as another than those that `url` would be respelled to."""
    before = _rules(connection, source)
    was = (source, _origin(url), url_shape(url))
    connection.execute(
        "UPDATE spelling SET against = against + 1 WHERE source = ? AND was IN (?, ?)", was
    )
    _restore(connection, source, before)


def respell(connection: Connection, source: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """Return `found` with each URL as the site itself spells it, each once."""
    rules = dict(_rules(connection, source))
    if not rules:
        return tuple(found)
    kept: dict[tuple[str, str], Found] = {}
    for one in found:
        url = _respelled(one.url, rules)
        kept.setdefault((url, one.role), replace(one, url=url))
    return tuple(kept.values())


def twins(connection: Connection, source: str, url: str) -> list[str]:
    """Return the other spellings of `url` for which there is any evidence."""
    rows = connection.execute(
        "SELECT becomes FROM spelling WHERE source = ? AND was = ? AND becomes <> ?",
        (source, _origin(url), SLASH),
    )
    return [becomes + url.removeprefix(_origin(url)) for (becomes,) in rows]


def _respelled(url: CanonicalUrl, rules: dict[str, str]) -> CanonicalUrl:
    origin = _origin(url)
    text = rules.get(origin, origin) + url.removeprefix(origin)
    if rules.get(url_shape(url)) == SLASH and "?" not in text:
        text += SLASH
    return CanonicalUrl(text)


def _rules(connection: Connection, source: str) -> list[tuple[str, str]]:
    values = {"source": source, "least": LEAST, "shape": LEAST_OF_SHAPE, "share": AGAINST}
    return connection.execute(_RULES, values).fetchall()


def _move(connection: Connection, source: str, was: str, becomes: str) -> None:
    """Respell the URLs that wait to be fetched; those known in both spellings are done with."""
    values = {"source": source, "was": was, "becomes": becomes}
    connection.execute(_RESPELL, values)
    connection.execute(_EXCLUDE, values)


def _restore(connection: Connection, source: str, before: Sequence[tuple[str, str]]) -> None:
    """Queue again what those rules of `before` excluded that no longer hold."""
    for was, becomes in set(before) - set(_rules(connection, source)):
        if becomes != SLASH:
            connection.execute(_INCLUDE, {"source": source, "was": was, "becomes": becomes})


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "", "", ""))


def _bare(host: str | None) -> str:
    for prefix in ("www.", "m.", "wap."):
        if host and host.startswith(prefix):
            return host.removeprefix(prefix)
    return host or ""


_NOTE: Final = """
    INSERT INTO spelling VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, was, becomes)
    DO UPDATE SET support = spelling.support + excluded.support,
                  against = spelling.against + excluded.against
"""

# A site that sends one way here and the other way there has no spelling of its own.
_RULES: Final = """
    SELECT was, becomes FROM spelling AS one
    WHERE source = :source AND against <= :share * support
      AND support >= CASE becomes WHEN '/' THEN :shape ELSE :least END
      AND NOT EXISTS (
          SELECT 1 FROM spelling AS other
          WHERE other.source = one.source AND other.was IN (one.was, one.becomes)
            AND other.becomes <> one.becomes AND other.support > :share * one.support
      )
"""

# "0" comes after "/": all URLs of the origin, by the index.
_RESPELL: Final = """
    UPDATE url SET url = :becomes || substr(url, length(:was) + 1)
    WHERE source = :source AND url >= :was || '/' AND url < :was || '0'
      AND fetched_at IS NULL AND state IN ('queued', 'parked') AND role = 'page'
      AND NOT EXISTS (SELECT 1 FROM url AS other WHERE other.source = :source
                      AND other.url = :becomes || substr(url.url, length(:was) + 1))
"""

_EXCLUDE: Final = """
    UPDATE url
    SET state = 'excluded',
        reason = 'another spelling of ' || :becomes || substr(url, length(:was) + 1),
        alias_of = (SELECT other.url_id FROM url AS other WHERE other.source = url.source
                    AND other.url = :becomes || substr(url.url, length(:was) + 1))
    WHERE source = :source AND url >= :was || '/' AND url < :was || '0'
      AND fetched_at IS NULL AND state IN ('queued', 'parked') AND role = 'page'
"""

_INCLUDE: Final = """
    UPDATE url SET state = 'queued', reason = 'another page after all', alias_of = NULL
    WHERE source = :source AND url >= :was || '/' AND url < :was || '0'
      AND state = 'excluded'
      AND reason = 'another spelling of ' || :becomes || substr(url, length(:was) + 1)
"""

# What was fetched is waiting to be fetched again.
_ANSWERED: Final = """
    SELECT 1 FROM url
    WHERE source = :source AND shape = :shape AND state = 'waiting'
      AND url >= :at || '/' AND url < :at || '0' AND kind IN ('article', 'listing')
    LIMIT 1
"""

_UNPROVEN: Final = "INSERT INTO spelling VALUES (?, ?, ?, 0, 0) ON CONFLICT DO NOTHING"

_ASK: Final = """
    UPDATE url SET rank = ?, tie = 0
    WHERE source = ? AND url = ? AND state = 'queued' AND fetched_at IS NULL AND rank > 1
"""
