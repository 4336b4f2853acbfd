"""The archived pages of given URLs, as a run saw them: for articles that are split over several."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.archive import Location
from crawler.frontier.store import Frontier, as_time


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What the frontier has of one URL, up to a run."""

    url: str
    fetch_id: int
    fetched_at: datetime  # aware, UTC
    kind: str
    location: Location | None  # None: it was never had
    trouble: str | None  # why not: `http_404` and the like


def pages_of(
    frontier: Frontier, source: str, urls: Iterable[str], run_id: int
) -> dict[str, KnownPage]:
    """Return for each of `urls` the page that run `run_id` had of it, or the latest before.

    A URL that was asked for in vain is there without a location; one never asked for is not.
    """
    found: dict[str, KnownPage] = {}
    for url in urls:
        row = frontier.connection.execute(_PAGE, (run_id, source, url, run_id)).fetchone()
        if row is not None:
            found[url] = _known(url, *row)
    return found


def _known(
    url: str,
    fetch_id: int,
    fetched_at: float,
    kind: str,
    trouble: str | None,
    file: str | None,
    offset: int | None,
    length: int | None,
) -> KnownPage:
    location = None
    if file is not None and offset is not None and length is not None:
        location = Location(file, offset, length)
    return KnownPage(
        url=url,
        fetch_id=fetch_id,
        fetched_at=as_time(fetched_at),
        kind=kind,
        location=location,
        trouble=trouble,
    )


_PAGE: Final = """
    WITH answer AS (
        SELECT fetch_id, run_id = ? AS is_of_run, fetch.fetched_at, fetch.kind,
               coalesce(error, fetch.kind) AS trouble, file, offset, length,
               fetch.kind IN ('article', 'listing') AND coalesce(status, 0) = 200
                   AND file IS NOT NULL AS is_page
        FROM fetch JOIN url USING (url_id)
        WHERE source = ? AND url = ? AND run_id <= ? AND fetch.kind <> 'not_modified'
    )
    SELECT fetch_id, fetched_at, kind, trouble,
           CASE WHEN is_page THEN file END, offset, length
    FROM answer
    ORDER BY is_page DESC, is_of_run DESC, fetched_at DESC, fetch_id DESC
    LIMIT 1
"""
