"""What a clock that was wrong has left in the frontier, put right at the start of a run.

No time lies further ahead than the longest wait there is.  What does was written while the clock
was ahead, or the clock has been set back since: it is due after its interval from now on, not
after a year.
"""

from typing import Any, Final

from crawler.frontier.connection import Connection
from crawler.frontier.hosts import ROBOTS_KEPT
from crawler.frontier.schedule import (
    ARTICLE_LONGEST,
    OTHER_INTERVAL,
    PARKED_FOR,
    PARKED_SPREAD,
    WAIT_LONGEST,
)

SLACK: Final = 60.0  # seconds; clocks are corrected by less all the time


def mend(connection: Connection, now: float) -> int:
    """Bring what lies too far ahead of `now` back within its bounds; return how many URLs did."""
    mended = connection.execute(_URLS, _bounds(now)).rowcount
    connection.execute(
        "UPDATE host SET retry_at = ? WHERE retry_at > ?",
        (now + WAIT_LONGEST, now + WAIT_LONGEST + SLACK),
    )
    connection.execute("DELETE FROM robots WHERE expires_at > ?", (now + ROBOTS_KEPT + SLACK,))
    return mended


def mend_source(connection: Connection, source: str, now: float) -> int:
    """Do so for the URLs and hosts of `source`, and leave those of others alone."""
    values = _bounds(now) | {"source": source}
    mended = connection.execute(f"{_URLS} AND source = :source", values).rowcount
    connection.execute(_HOSTS, values)
    return mended


def _bounds(now: float) -> dict[str, Any]:
    return {
        "now": now,
        "slack": SLACK,
        "other": OTHER_INTERVAL,
        "longest": ARTICLE_LONGEST,
        "parked": PARKED_FOR + PARKED_SPREAD,
        "wait": WAIT_LONGEST,
    }


_HOSTS: Final = """
    UPDATE host SET retry_at = :now + :wait
    WHERE retry_at > :now + :wait + :slack
      AND host IN (SELECT host FROM url WHERE source = :source)
"""

_URLS: Final = """
    UPDATE url
    SET due_at = :now + CASE state
        WHEN 'parked' THEN :parked
        ELSE min(coalesce(interval, :other), :longest) END
    WHERE state IN ('waiting', 'parked')
      AND due_at > :now + :slack + CASE state
        WHEN 'parked' THEN :parked
        ELSE max(coalesce(interval, 0), :other) END
"""
