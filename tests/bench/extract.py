"""What extraction costs: by a learned template, alone, and trafilatura, page by page in one run.

    python -m tests.bench.extract

CPU time of this process a page, parsing and metadata included, from decoded text; all take turns
at each page, so that whatever else the machine does hits them alike.  The pages are those of the
practice sites, and beside the checkout the recorded sites' and the development pages of one site.
The template is learned from every other page.  The peak of memory is that of a fresh worker that
reads the set both ways.
"""

import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from time import process_time

import trafilatura

from crawler.decode import decode
from pipeline.article import Article, Page, extract
from pipeline.template.apply import TemplateReader, was_read_by_template
from pipeline.template.learn import learn
from tests.practice.expected import read_expected
from tests.practice.server import RESPONDERS
from tests.practice.web import Request
from tests.shared.extraction import SHARED, SITES, load_scorer, read_site
from tests.shared.figures import table

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROUNDS = 3
MAX_PAGES = 80  # of a set: enough for a mean, and trafilatura is slow
HEADING = (
    "pages of", "pages", "by template", "template ms", "alone ms", "trafilatura ms", "text only",
    "template ×", "alone ×", "MB",
)  # fmt: skip


def main() -> None:
    """Print a line a set, and one of all."""
    lines = [_measure(name, pages) for name, pages in _sets()]
    print(table([HEADING, *lines]))
    print("× is trafilatura with its metadata over ours; 'text only' is trafilatura without them")


def _sets() -> Iterator[tuple[str, list[Page]]]:
    practice: dict[str, list[Page]] = {}
    for row in read_expected():
        practice.setdefault(row["site"], []).append(_practice_page(row["site"], row["path"]))
    for name, pages in practice.items():
        yield f"practice {name}", pages
    if not SHARED.is_dir():
        print("../shared is absent: the practice sites only", file=sys.stderr)
        return
    for name in SITES:
        found = [page for page in read_site(name) if isinstance(extract(page), Article)]
        yield name, found[:MAX_PAGES]
    rows = [row for row in load_scorer().load() if row["site"] == "money.163.com"]
    files = (SHARED / "extraction" / row["html"] for row in rows)
    yield "money.163.com", [Page(html=file.read_text(encoding="utf-8")) for file in files]


def _practice_page(site: str, path: str) -> Page:
    base = "http://127.0.0.1:8701"
    answer = RESPONDERS[site](Request(base=base, path=path, query={}, now=NOW, visit=0))
    assert answer is not None
    html = decode(answer.body, answer.content_type).text
    return Page(html=html, url=base + path, fetched_at=NOW)


def _measure(name: str, pages: Sequence[Page]) -> tuple[object, ...]:
    template = learn(pages[::2], source="bench")
    if template is None:
        return name, len(pages), *["nothing was learned"], *["-"] * 7
    reader = TemplateReader(template)
    ways: tuple[Callable[[Page], object], ...] = (
        reader.extract,
        extract,
        lambda page: trafilatura.extract(page.html, with_metadata=True),
        lambda page: trafilatura.extract(page.html),
    )
    seconds = [0.0] * len(ways)
    for page in [*pages] * ROUNDS:
        for number, way in enumerate(ways):
            started = process_time()
            way(page)
            seconds[number] += process_time() - started
    fitting = sum(_is_fitting(reader.extract(page)) for page in pages)
    ours, alone, theirs, bare = (1000 * one / len(pages) / ROUNDS for one in seconds)
    times = [f"{one:.2f}" for one in (ours, alone, theirs, bare)]
    return (
        name, len(pages), fitting, *times, f"{theirs / ours:.1f}", f"{theirs / alone:.1f}",
        _peak(reader, pages),
    )  # fmt: skip


def _is_fitting(found: object) -> bool:
    return isinstance(found, Article) and was_read_by_template(found.extractor)


def _peak(reader: TemplateReader, pages: Sequence[Page]) -> int:
    """Return the most memory, in MB, of a fresh process that reads the pages."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_read_all, reader, pages).result()


def _read_all(reader: TemplateReader, pages: Sequence[Page]) -> int:
    for page in pages:
        reader.extract(page)
        extract(page)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes there, kilobytes here
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


if __name__ == "__main__":
    main()
