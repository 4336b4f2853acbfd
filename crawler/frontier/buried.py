"""What is left of a visit where something was forgotten for good.

A forgotten page comes back by other ways than its own URL: a redirect leads to it, another address
names it as the original, a list quotes its title.  None of these is kept.
"""

from dataclasses import replace

from crawler.frontier.connection import Connection
from crawler.frontier.settle import LISTS
from crawler.frontier.tombstones import has_any, is_forgotten
from crawler.visit import Trouble, Visit


def without_forgotten(connection: Connection, visit: Visit) -> Visit:
    """Return `visit` without what was forgotten.

    A page that is the forgotten one under another address, or leads to it, is an error by that
    word; a list that names it is read, but its bytes are not archived.
    """
    if not has_any(connection):
        return visit
    others = [url for url in (visit.target, visit.canonical) if url is not None]
    if any(is_forgotten(connection, url) for url in others):
        return Visit(
            kind=visit.kind,
            fetched_at=visit.fetched_at,
            status=visit.status,
            error=Trouble.FORGOTTEN,
        )
    kept = tuple(link for link in visit.found if not is_forgotten(connection, link.url))
    if len(kept) == len(visit.found):
        return visit
    page = None if visit.kind in LISTS else visit.page
    return replace(visit, found=kept, page=page)
