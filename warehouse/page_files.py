"""Pages in files, read alone or, those of one site, together: what `fatiao extract` works on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

from crawler.decode import decode
from pipeline.article import Article, Page, Rejection, RejectionReason
from pipeline.article import extract as extract_page
from pipeline.template.layout import Template
from pipeline.template.learn import MAX_PAGES, MIN_PAGES, learn, spread
from pipeline.template.site import without_shared_lines
from warehouse.exits import InputError
from warehouse.jsonl import Json
from warehouse.pool import Overrun, map_bounded
from warehouse.teaching import LEARN_SECONDS
from warehouse.templates import newest, reader_of, save

BEIJING: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page in a file, and what its row says of it."""

    path: Path
    url: str | None
    fetched_at: datetime | None  # aware
    template: Path | None = None  # that it is read by


def page_file(row: Json, folder: Path) -> PageFile | Rejection:
    """Return the page that a row names, relative to `folder`; or what is wrong with the row."""
    try:
        at = parse_time(row.get("fetched_at"))
    except InputError as error:
        return Rejection(reason=RejectionReason.ERROR, detail=str(error))
    return PageFile(path=folder / row["html_path"], url=row.get("url"), fetched_at=at)


def parse_time(value: Any) -> datetime | None:
    """Return an ISO 8601 time as aware; one without a zone is Beijing's.

    Raises:
        InputError: `value` is no such time.
    """
    try:
        at = datetime.fromisoformat(value) if value else None
    except (TypeError, ValueError) as error:
        raise InputError(
            f"fetched_at: not an ISO 8601 time: {value!r}; write it as 2025-10-21T07:12:34+08:00"
        ) from error
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=BEIJING)  # pages of Chinese sites; a time without a zone is theirs
    return at


def read_rows(rows: Sequence[Json], folder: Path, templates: Path) -> list[Article | Rejection]:
    """Return what becomes of the page of each row, in order.

    Pages of one `site` are read by its template: the newest in `templates`, else one that is
    learned from them; where they teach nothing, lines that most of them have still go.
    """
    pages = [page_file(row, folder) for row in rows]
    sites: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("site"):
            sites.setdefault(str(row["site"]), []).append(index)
    with TemporaryDirectory(prefix="fatiao-") as learned:
        groups = {site: _files(pages[index] for index in found) for site, found in sites.items()}
        by_site = _templates(groups, templates, Path(learned))
        extracted = _extract_files(
            replace(page, template=by_site.get(str(row.get("site"))))
            for page, row in zip(pages, rows, strict=True)
            if isinstance(page, PageFile)
        )
        results = [page if isinstance(page, Rejection) else next(extracted) for page in pages]
    for indexes in (found for site, found in sites.items() if site not in by_site):
        cleaned = without_shared_lines([results[index] for index in indexes])
        for index, result in zip(indexes, cleaned, strict=True):
            results[index] = result
    return results


def _files(pages: Iterable[PageFile | Rejection]) -> list[PageFile]:
    return [page for page in pages if isinstance(page, PageFile)]


def _templates(
    groups: Mapping[str, Sequence[PageFile]], templates: Path, learned: Path
) -> dict[str, Path]:
    """Return the file of each site's template, where there is one or one can be learned."""
    found = {site: file for site in groups if (file := newest(templates, site)) is not None}
    due = [
        (f"site-{number}", pages)
        for number, (site, pages) in enumerate(groups.items())
        if site not in found and len(pages) >= MIN_PAGES
    ]
    taught = map_bounded(_learn, due, preload=__name__, seconds=LEARN_SECONDS)
    names = dict(zip((f"site-{number}" for number in range(len(groups))), groups, strict=True))
    for template in taught:
        if isinstance(template, Template):
            found[names[template.source]] = save(learned, template)
    return found


def _learn(site: tuple[str, Sequence[PageFile]]) -> Template | None:
    name, files = site
    pages = [page for file in spread(files, MAX_PAGES) if (page := read_file(file)) is not None]
    return learn(pages, source=name)


def _extract_files(files: Iterable[PageFile]) -> Iterator[Article | Rejection]:
    for result in map_bounded(_extract_file, files, preload=__name__):
        if isinstance(result, Overrun):
            yield Rejection(reason=RejectionReason(result.limit), detail=result.detail)
        else:
            yield result


def _extract_file(file: PageFile) -> Article | Rejection:
    page = read_file(file)
    if page is None:
        return Rejection(reason=RejectionReason.ERROR, detail=f"{file.path} can't be read")
    return reader_of(file.template).extract(page) if file.template else extract_page(page)


def read_file(file: PageFile) -> Page | None:
    """Return the page in a file, None where the file can't be read."""
    try:
        html = decode(file.path.read_bytes(), None).text
    except OSError:
        return None
    return Page(html=html, url=file.url, fetched_at=file.fetched_at)
