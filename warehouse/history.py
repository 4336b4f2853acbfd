"""What became of one URL beyond the crawl: how its page is judged, what the build made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from duckdb import DuckDBPyConnection

from crawler.archive import ArchiveError, read_page
from crawler.frontier.history import History
from crawler.sources import Project
from crawler.urls import CanonicalUrl
from crawler.visit import Answer, read_answer
from warehouse.store import read_sql

UNCHANGED: Final = ("unchanged", "not_modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What the build made of one fetch."""

    fetch_id: int
    outcome: str  # new, changed, unchanged, not_modified, rejected, gone
    article_id: str | None
    article_url: str | None
    version_no: int | None
    title: str | None
    char_count: int | None
    published_on: date | None
    citations: int
    gone_at: datetime | None
    relation: str | None  # to the canonical article of its cluster
    original_url: str | None  # of that article, if it is another
    reason: str | None  # of a rejection
    detail: str | None


def read_made(published: DuckDBPyConnection, fetch_ids: Sequence[int]) -> list[Made]:
    """Return what the published file says of the fetches `fetch_ids`, oldest first."""
    rows = published.execute(read_sql("history.sql"), {"fetch_ids": list(fetch_ids)}).fetchall()
    return [Made(**dict(zip(Made.__slots__, row, strict=True))) for row in rows]


def judge_again(project: Project, history: History) -> tuple[str, ...]:
    """Return why the last archived page of a URL is of its kind: the signs that speak for it.

    Judged anew from the archive, by the rules of this program; empty where nothing is archived.

    Raises:
        ArchiveError: the archive does not hold the page as it was.
    """
    kept = [one for one in history.fetches if one.location is not None]
    source = next((one for one in project.sources if one.name == history.source), None)
    if not kept or source is None or kept[-1].location is None:
        return ()
    page = read_page(project.archive, kept[-1].location)
    if page.digest != kept[-1].digest:
        raise ArchiveError(f"{kept[-1].location.file}: holds another page than was fetched")
    answer = Answer(
        url=CanonicalUrl(history.url),
        status=page.status,
        headers=page.headers,
        body=page.body,
        fetched_at=page.fetched_at,
    )
    return read_answer(answer, source, link_text=history.link_text).evidence
