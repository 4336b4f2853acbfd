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

from crawler.archive import ArchiveAwayError, ArchiveError, ArchivePlace, Location, read_page
from crawler.decode import Decoded, decode
from crawler.discover import canonical_of
from crawler.kind import Kind, judge
from crawler.parse import parse_html
from crawler.series import Series, read_series
from crawler.walls import IN_A_ROW, MAX_CHARACTERS, lasting
from pipeline.article import Article, Page, Rejection, RejectionReason, examine, extract
from pipeline.cite.check import CheckedCitation, cite
from pipeline.document import fit
from pipeline.parts.join import PageText, join_pages
from pipeline.parts.record import Slice
from pipeline.reader import read_lines
from pipeline.scripted import needs_script
from pipeline.skeleton import skeleton_of
from pipeline.statutes import load_registry
from pipeline.texts import NO_TEXTS
from warehouse.pool import WORKERS, Limit, Overrun, map_bounded
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
class SplitPage:
    """One archived page of an article that is split over several."""

    number: int  # from 1
    fetch_id: int
    url: str
    fetched_at: datetime  # aware
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """One of the pages that a text was joined from, and where in it."""

    number: int
    fetch_id: int
    url: str
    start: int  # half-open, in code points
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """One archived page to work on, or several that are one article."""

    fetch_id: int
    source: str
    url: str  # canonical form of the URL that answered
    fetched_at: datetime  # aware
    archive: ArchivePlace  # of the WARC files
    location: Location
    link_text: str | None  # text of the link that led here
    since: date | None = None  # articles published before are not wanted
    statutes: Path | None = None  # folder of imported statute texts
    template: Path | None = None  # file of the learned template that applies
    pages: tuple[SplitPage, ...] = ()  # of a split article, the first one first; then these are it
    missing: tuple[str, ...] = ()  # of a split article: which parts were not had, and why


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
    series: Series | None = None  # that the page says it is a part of
    pages: tuple[VersionPage, ...] = ()  # that the text was joined from, if from several
    incomplete: str | None = None  # what of the article is missing

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
    return _cited(_joined(job) if job.pages else _of_page(job))


def _of_page(job: PageJob) -> PageResult:
    try:
        opened = _open(job.archive, job.location)
    except ArchiveAwayError:
        raise
    except ArchiveError as error:
        return _rejected(job, RejectionReason.ERROR, str(error))
    if opened.tree is None:
        return _rejected(job, RejectionReason.NOT_HTML, "no HTML could be read", opened.decoded)
    read = _read(job, opened.status, opened.decoded, opened.tree)
    return replace(
        read, skeleton=skeleton_of(opened.tree), series=read_series(opened.tree, job.url)
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    status: int
    decoded: Decoded
    tree: HtmlElement | None


def _open(archive: ArchivePlace, location: Location) -> _Opened:
    archived = read_page(archive, location)
    content_type = next((v for k, v in archived.headers if k.lower() == "content-type"), None)
    decoded = decode(archived.body, content_type)
    return _Opened(archived.status, decoded, parse_html(decoded.text))


def _read(job: PageJob, status: int, decoded: Decoded, tree: HtmlElement) -> PageResult:
    link_texts = (job.link_text,) if job.link_text else ()
    judgement = judge(tree, job.url, status=status, link_texts=link_texts)
    if judgement.kind is not Kind.ARTICLE:
        reason = _REASON_OF_KIND.get(judgement.kind, RejectionReason.NOT_HTML)
        detail = "; ".join(judgement.evidence)
        if judgement.kind is Kind.LISTING and (sign := needs_script(tree, read_lines(tree))):
            reason, detail = RejectionReason.NEEDS_JAVASCRIPT, sign
        return _rejected(job, reason, detail, decoded)
    url = str(canonical_of(tree, job.url))
    read = reader_of(job.template).extract if job.template else extract
    page = read(
        Page(html=decoded.text, url=url, fetched_at=job.fetched_at, link_texts=link_texts), tree
    )
    return PageResult(
        job=job,
        page=page,
        url=url,
        charset_declared=decoded.declared,
        charset_chosen=decoded.chosen,
    )


def _joined(job: PageJob) -> PageResult:
    """Return the one article that the pages of `job` are."""
    opening = job.pages[0]
    first = _of_page(
        replace(job, url=opening.url, fetched_at=opening.fetched_at, location=opening.location)
    )
    if not isinstance(first.page, Article):
        return replace(first, job=job, series=None)
    head = PageText(number=1, text=first.page.text, parts=first.page.parts)
    later = [_page_text(job, page) for page in job.pages[1:]]
    joined = join_pages([head, *(text for text in later if text is not None)])
    by_number = {page.number: page for page in job.pages}
    slices = tuple(_version_page(one, by_number[one.number]) for one in joined.slices)
    return replace(
        first,
        job=job,
        series=None,
        page=replace(first.page, text=joined.text, parts=joined.parts),
        pages=slices if len(slices) > 1 else (),
        incomplete="; ".join(job.missing) or None,
    )


def _version_page(own: Slice, page: SplitPage) -> VersionPage:
    return VersionPage(
        number=own.number, fetch_id=page.fetch_id, url=page.url, start=own.start, end=own.end
    )


def _page_text(job: PageJob, page: SplitPage) -> PageText | None:
    """Return the text of a later page, however short; None where it has none."""
    try:
        opened = _open(job.archive, page.location)
    except ArchiveAwayError:
        raise
    except ArchiveError:
        return None
    if opened.tree is None:
        return None
    own = Page(html=opened.decoded.text, url=page.url, fetched_at=page.fetched_at)
    read = reader_of(job.template).extract(own, opened.tree) if job.template else None
    found = examine(own, opened.tree)
    article = read if isinstance(read, Article) else found.result
    if isinstance(article, Article):
        return PageText(number=page.number, text=article.text, parts=article.parts)
    text = "\n".join(said for line in found.body if (said := line.mark + fit(line.text)))
    return PageText(number=page.number, text=text) if text else None


def _cited(result: PageResult) -> PageResult:
    job, page = result.job, result.page
    if isinstance(page, Rejection):
        return result
    if job.since and page.published and page.published.on < job.since:
        refused = Rejection(reason=RejectionReason.TOO_OLD, detail=f"published {page.published.on}")
        return replace(result, page=refused, url=job.url)
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
    return without_walls(list(each_result(jobs)))


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


def each_result(jobs: Sequence[PageJob], workers: int = WORKERS) -> Iterator[PageResult]:
    """Yield the result of each of `jobs` by itself, in order, `workers` at once.

    A page whose process died is tried once more by itself: the process may have been killed for
    the memory that another program wanted, and only what dies twice is the page's own fault.
    """
    done = map_bounded(process_page, jobs, preload=__name__, workers=workers)
    for job, first in zip(jobs, done, strict=True):
        result = first
        if isinstance(first, Overrun) and first.limit is Limit.CRASH:
            (result,) = map_bounded(process_page, [job], preload=__name__)
        if isinstance(result, Overrun):
            yield _rejected(job, RejectionReason(result.limit), result.detail)
        else:
            yield result
