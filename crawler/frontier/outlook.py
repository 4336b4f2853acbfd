"""What lies ahead in the frontier: questions about the queue that change nothing."""

import json
from typing import Final

from crawler.frontier.connection import Connection
from crawler.frontier.queue import allowed_ranks
from crawler.sources import Source

REVISIT_SHARE: Final = 0.3  # of a run's requests; DESIGN.md "Crawl"
REVISITS_LEAST: Final = 10  # a short run looks at a few all the same


def has_fetch(connection: Connection, url_id: int, fetched_at: float) -> bool:
    """Return whether a request for the URL at that very time (to the millisecond) is entered."""
    row = connection.execute(
        "SELECT 1 FROM fetch WHERE url_id = ? AND abs(fetched_at - ?) < 0.001",
        (url_id, fetched_at),
    ).fetchone()
    return row is not None


def soonest(
    connection: Connection, source: Source, now: float, revisits_left: int, within: float
) -> float | None:
    """Return when the next URL of `source` may be fetched, if in less than `within` seconds."""
    values = {
        "source": source.name,
        "ranks": json.dumps(allowed_ranks(connection, source, revisits_left)),
        "until": now + within,
    }
    if connection.execute(_READY, values | {"now": now}).fetchone():
        return now
    row = connection.execute(_SOONEST, values).fetchone()
    return None if row[0] is None else float(row[0])


def remaining(connection: Connection, source: str, now: float) -> int:
    """Return how many URLs of `source` are queued or due."""
    row = connection.execute(
        "SELECT count(*) FROM url WHERE source = ? AND state IN ('queued', 'leased', 'waiting')"
        " AND due_at <= ?",
        (source, now),
    ).fetchone()
    return int(row[0])


def next_due(connection: Connection, source: str) -> float | None:
    """Return when the next URL of `source` is due."""
    row = connection.execute(
        "SELECT min(due_at) FROM url WHERE source = ? AND state IN ('queued', 'waiting')",
        (source,),
    ).fetchone()
    return None if row[0] is None else float(row[0])


def host_waiting(connection: Connection, source: str, now: float) -> tuple[float, str] | None:
    """Return until when, and why, a host of `source` is left alone."""
    row = connection.execute(
        "SELECT retry_at, reason FROM host WHERE retry_at > :now"
        " AND host IN (SELECT host FROM url WHERE source = :source)"
        " ORDER BY retry_at DESC LIMIT 1",
        {"now": now, "source": source},
    ).fetchone()
    return None if row is None else (float(row[0]), str(row[1]))


def revisits_allowed(run_for: float, delay: float) -> int:
    """Return how many articles a run of `run_for` seconds may visit again."""
    # Without a delay a site answers about twice a second (research/crawl.md §4 is far above).
    return max(REVISITS_LEAST, int(REVISIT_SHARE * run_for / max(delay, 0.5)))


_READY: Final = """
    SELECT 1 FROM url
    WHERE source = :source AND state = 'queued' AND due_at <= :now
      AND rank IN (SELECT CAST(value AS BIGINT) FROM json_each(:ranks))
      AND host NOT IN (SELECT host FROM host WHERE retry_at > :now)
    UNION ALL
    SELECT 1 FROM url
    WHERE source = :source AND state = 'waiting' AND due_at <= :now
      AND rank IN (SELECT CAST(value AS BIGINT) FROM json_each(:ranks))
      AND host NOT IN (SELECT host FROM host WHERE retry_at > :now)
    LIMIT 1
"""

# Each state by its own index: the waiting may be millions.
_SOONEST: Final = """
    SELECT min(soon) FROM (
        SELECT max(due_at, coalesce(retry_at, 0)) AS soon
        FROM url LEFT JOIN host USING (host)
        WHERE source = :source AND state = 'queued' AND due_at <= :until
          AND rank IN (SELECT CAST(value AS BIGINT) FROM json_each(:ranks))
        UNION ALL
        SELECT max(due_at, coalesce(retry_at, 0))
        FROM url LEFT JOIN host USING (host)
        WHERE source = :source AND state = 'waiting' AND due_at <= :until
          AND rank IN (SELECT CAST(value AS BIGINT) FROM json_each(:ranks))
    ) AS ahead
    WHERE soon <= :until
"""
