"""Articles that are split over several pages: their parts brought together, whichever came first.

Every page of a split article that a build meets stands for the whole: it is joined from what the
same run had of each part, or the latest before.  So a change of any part makes a new version, a
part is never an article of its own, and it does not matter how fetches fall into batches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crawler.frontier.pages import KnownPage, pages_of
from crawler.frontier.store import Fetch, Frontier
from crawler.kind import Kind
from crawler.series import MAX_PARTS, address_of
from crawler.urls import CanonicalUrl
from pipeline.article import Article, Rejection, RejectionReason
from warehouse.workers import PageJob, PageResult, SplitPage, process_pages

MAX_NAMED: Final = 5  # missing parts that are named one by one


@dataclass(frozen=True, slots=True)
class _Group:
    """The pages of one article that one run brought, of those in the batch."""

    source: str
    first: CanonicalUrl
    run_id: int
    members: list[PageResult]


def join_split(
    results: Mapping[int, PageResult], fetches: Sequence[Fetch], frontier: Frontier
) -> dict[int, PageResult]:
    """Return `results` by fetch, those that are pages of a split article being the whole of it."""
    run_of = {fetch.fetch_id: fetch.run_id for fetch in fetches}
    groups: dict[tuple[str, str, int], _Group] = {}
    for fetch_id, result in sorted(results.items()):
        series = result.series
        if series is not None and _may_be_part(result):
            key = (result.job.source, series.first, run_of[fetch_id])
            group = groups.setdefault(key, _Group(key[0], series.first, key[2], []))
            group.members.append(result)
    jobs = [(group, _job(group, frontier)) for group in groups.values()]
    due = [job for _, job in jobs if job is not None]
    wholes = iter(process_pages(due) if due else [])
    joined = dict(results)
    for group, job in jobs:
        for member in group.members if job is None else ():
            joined[member.job.fetch_id] = _alone(member)
        if job is not None:
            whole = next(wholes)
            joined |= {one.job.fetch_id: _standing_for(one, whole) for one in group.members}
    return joined


def _may_be_part(result: PageResult) -> bool:
    """Say whether a page may be of a split article: a later part may look like a list."""
    page = result.page
    return isinstance(page, Article) or page.reason in (
        RejectionReason.LISTING,
        RejectionReason.TOO_SHORT,
        RejectionReason.NO_TEXT,
    )


def _job(group: _Group, frontier: Frontier) -> PageJob | None:
    """Return the work of joining a group; None where its first part is unknown, or no article."""
    opening = _known_part(group, frontier, 1)
    if opening is None or opening.location is None or not _is_article(group, opening):
        return None
    known = {1: opening} | _known_later(group, frontier)
    pages = tuple(
        SplitPage(
            number=number,
            fetch_id=page.fetch_id,
            url=page.url,
            fetched_at=page.fetched_at,
            location=page.location,
        )
        for number, page in sorted(known.items())
        if page.location is not None
    )
    total = max(_total(group), *known)
    missing = [n for n in range(2, total + 1) if n not in known or known[n].location is None]
    return replace(group.members[0].job, pages=pages, missing=tuple(_said(missing, total, known)))


def _is_article(group: _Group, opening: KnownPage) -> bool:
    """Say whether the first part is an article: as just read, else as it was crawled."""
    for member in group.members:
        if member.job.fetch_id == opening.fetch_id:
            return isinstance(member.page, Article)
    return opening.kind == Kind.ARTICLE


def _total(group: _Group) -> int:
    return max(member.series.total for member in group.members if member.series)


def _known_later(group: _Group, frontier: Frontier) -> dict[int, KnownPage]:
    """Return what the frontier has of the later parts: those named, and on while there are any."""
    found: dict[int, KnownPage] = {}
    for number in range(2, MAX_PARTS + 1):
        page = _known_part(group, frontier, number)
        if page is not None:
            found[number] = page
        elif number > _total(group):
            break
    return found


def _known_part(group: _Group, frontier: Frontier, number: int) -> KnownPage | None:
    """Return the page of part `number`, under whichever of its addresses it was had."""
    spelled: set[str] = set()
    for member in group.members:
        if member.series is not None:
            linked = dict(member.series.parts).get(number)
            own = member.job.url if member.series.number == number else None
            spelled |= {url for url in (address_of(member.series, number), linked, own) if url}
    urls = sorted(spelled, key=lambda url: (len(url), url))
    pages = list(pages_of(frontier, group.source, urls, group.run_id).values())
    return next((page for page in pages if page.location is not None), next(iter(pages), None))


def _said(missing: Sequence[int], total: int, known: Mapping[int, KnownPage]) -> list[str]:
    said = [
        f"page {number} of {total}: {known[number].trouble if number in known else 'not fetched'}"
        for number in missing[:MAX_NAMED]
    ]
    return said + ([f"and {len(missing) - MAX_NAMED} more"] if len(missing) > MAX_NAMED else [])


def _alone(result: PageResult) -> PageResult:
    """Return a part whose article is not known: not one of its own.

    Where it names no first part, `/case-3.html` may be an article whose 下一页 is the next one.
    """
    series, page = result.series, result.page
    if series is None or not isinstance(page, Article) or 1 not in dict(series.parts):
        return result
    detail = f"page {series.number} of {series.first}, which is not known as an article"
    refused = Rejection(reason=RejectionReason.PART, detail=detail)
    return replace(result, page=refused, url=result.job.url, citations=())


def _standing_for(result: PageResult, whole: PageResult) -> PageResult:
    if not isinstance(whole.page, Article):
        return _alone(result)
    return replace(whole, job=result.job, skeleton=result.skeleton)
