"""A few articles of each source that are looked at weekly, however old they are.

When a site changes its template, the texts of new pages cannot tell whether anything is missing;
those of pages that are known can.  Three of a thousand cost nothing, and they are the first three
that were read, so that it is always the same ones.
"""

from typing import Final

from crawler.frontier import memory
from crawler.frontier.connection import Connection
from crawler.frontier.schedule import DAY, Due

COUNT: Final = 3  # a source; as many as make a finding (warehouse.health)
EVERY: Final = 7 * DAY
LONG: Final = 30 * DAY  # what is looked at within a month anyway needs no canary


def due_as_canary(connection: Connection, source: str, url_id: int, due: Due) -> Due:
    """Return when to visit an article again for which `due` was meant, if it is a canary.

    It becomes one where the source has too few; one that is gone is replaced thus.
    """
    if due.seconds <= LONG or not _is_canary(connection, source, url_id):
        return due
    return Due(seconds=EVERY, reason=f"one of {COUNT} articles that are looked at weekly")


def _is_canary(connection: Connection, source: str, url_id: int) -> bool:
    name = f"canaries {source}"
    stored = list(map(int, (memory.kept(connection, name) or "").split()))
    living = [one for one in stored if _is_article(connection, one)]
    if url_id not in living and len(living) < COUNT:
        living.append(url_id)
    if living != stored:
        value = " ".join(map(str, living))
        memory.keep(connection, name, value)
    return url_id in living


def _is_article(connection: Connection, url_id: int) -> bool:
    found = connection.execute(
        "SELECT 1 FROM url WHERE url_id = ? AND kind = 'article' AND gone_at IS NULL", (url_id,)
    )
    return found.fetchone() is not None
