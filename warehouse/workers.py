"""What one raw page becomes: decoded, judged, cleaned, its citations checked."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from crawler.archive import ArchiveError, Location, read_page
from crawler.decode import Decoded, decode
from crawler.discover import canonical_of
from crawler.kind import Kind, judge
from crawler.parse import parse_html
from crawler.walls import IN_A_ROW, MAX_CHARACTERS, lasting
from pipeline.article import Article, Page, Rejection, RejectionReason, extract
from pipeline.cite.check import CheckedCitation, cite
from pipeline.skeleton import skeleton_of
from pipeline.statutes import load_registry
from pipeline.texts import NO_TEXTS
from warehouse.pool import Overrun, map_bounded
from warehouse.templates import reader_of
from warehouse.texts import open_texts

BEIJING: Final = ZoneInfo("Asia/Shanghai")

_REASON_OF_KIND: Final = {
    Kind.LISTING: RejectionReason.LISTING,
    Kind.BLOCKED: RejectionReason.BLOCKED,
    Kind.NOT_HTML: RejectionReason.NOT_HTML,
    Kind.ERROR: RejectionReason.ERROR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """One archived page to work on."""

    fetch_id: int
    source: str
    url: str  # canonical form of the URL that answered
    fetched_at: datetime  # aware
    archive: Path  # folder of the WARC files
    location: Location
    link_text: str | None  # text of the link that led here
    since: date | None = None  # articles published before are not wanted
    statutes: Path | None = None  # folder of imported statute texts
    template: Path | None = None  # file of the learned template that applies


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What a page turned out to be."""

    job: PageJob
    page: Article | Rejection
    url: str  # the page's own canonical URL where it names one, else the job's
    charset_declared: str | None = None
    charset_chosen: str | None = None
    citations: tuple[CheckedCitation, ...] = ()
    skeleton: str | None = None  # the boxes around its text (pipeline.skeleton)

    @property
    def as_of(self) -> date:
        """The day whose law counts for the article: of publication, else of fetching."""
        published = self.page.published if isinstance(self.page, Article) else None
        return published.on if published else self.job.fetched_at.astimezone(BEIJING).date()


def text_digest(text: str) -> str:
    """Return the hexadecimal sha256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def process_page(job: PageJob) -> PageResult:
    """Read a page from the archive, take the article out of it and check its citations."""
    try:
        archived = read_page(job.archive, job.location)
    except ArchiveError as error:
        return _rejected(job, RejectionReason.ERROR, str(error))
    content_type = next((v for k, v in archived.headers if k.lower() == "content-type"), None)
    decoded = decode(archived.body, content_type)
    tree = parse_html(decoded.text)
    if tree is None:
        return _rejected(job, RejectionReason.NOT_HTML, "no HTML could be read", decoded)
    return replace(_read(job, archived.status, decoded, tree), skeleton=skeleton_of(tree))


def _read(job: PageJob, status: int, decoded: Decoded, tree: HtmlElement) -> PageResult:
    link_texts = (job.link_text,) if job.link_text else ()
    judgement = judge(tree, job.url, status=status, link_texts=link_texts)
    if judgement.kind is not Kind.ARTICLE:
        reason = _REASON_OF_KIND.get(judgement.kind, RejectionReason.NOT_HTML)
        return _rejected(job, reason, "; ".join(judgement.evidence), decoded)
    url = str(canonical_of(tree, job.url))
    read = reader_of(job.template).extract if job.template else extract
    page = read(
        Page(html=decoded.text, url=url, fetched_at=job.fetched_at, link_texts=link_texts), tree
    )
    return _checked(job, page, url, decoded)


def _checked(job: PageJob, page: Article | Rejection, url: str, decoded: Decoded) -> PageResult:
    result = PageResult(
        job=job,
        page=page,
        url=url,
        charset_declared=decoded.declared,
        charset_chosen=decoded.chosen,
    )
    if isinstance(page, Rejection):
        return result
    if job.since and page.published and page.published.on < job.since:
        return _rejected(job, RejectionReason.TOO_OLD, f"published {page.published.on}", decoded)
    found = cite(
        page.text,
        as_of=result.as_of,
        today=result.as_of,
        registry=load_registry(),
        title=page.title,
        texts=open_texts(job.statutes) if job.statutes else NO_TEXTS,
    )
    return replace(result, citations=tuple(found))


def _rejected(
    job: PageJob, reason: RejectionReason, detail: str, decoded: Decoded | None = None
) -> PageResult:
    return PageResult(
        job=job,
        page=Rejection(reason=reason, detail=detail),
        url=job.url,
        charset_declared=decoded.declared if decoded else None,
        charset_chosen=decoded.chosen if decoded else None,
    )


def process_pages(jobs: Sequence[PageJob]) -> list[PageResult]:
    """Work on all `jobs`; one result each, in their order, whatever a page does."""
    return without_walls(list(_results(jobs)))


def without_walls(results: Sequence[PageResult]) -> list[PageResult]:
    """Refuse articles that one source shows under several URLs alike, short and without a date.

    The crawl knows a wall when it meets it for the third time (`crawler.walls`); the first two
    have been taken for articles by then.
    """
    keys = [_wall_key(result) for result in results]
    urls = Counter(
        key for key, _ in {(key, one.url) for key, one in zip(keys, results, strict=True)}
    )
    return [
        _rejected(one.job, RejectionReason.BLOCKED, f"one text under {urls[key]} URLs")
        if key is not None and urls[key] >= IN_A_ROW
        else one
        for key, one in zip(keys, results, strict=True)
    ]


def _wall_key(result: PageResult) -> tuple[str, str] | None:
    page = result.page
    if not isinstance(page, Article) or page.published is not None:
        return None
    said = lasting(page.title + page.text)
    return (result.job.source, said) if len(said) <= MAX_CHARACTERS else None


def _results(jobs: Sequence[PageJob]) -> Iterator[PageResult]:
    for job, result in zip(jobs, map_bounded(process_page, jobs, preload=__name__), strict=True):
        if isinstance(result, Overrun):
            yield _rejected(job, RejectionReason(result.limit), result.detail)
        else:
            yield result
