"""A look at an unknown site: a handful of its pages, and what would come of them.

It is a real crawl (one host at a time, robots.txt obeyed, private addresses not dialled), in a
folder that is thrown away; nothing of it reaches a project.
"""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import trafilatura

from crawler.archive import read_page
from crawler.decode import decode
from crawler.frontier.store import Fetch, open_frontier
from crawler.kind import Kind, judge
from crawler.lock import project_lock
from crawler.parse import parse_html
from crawler.run import crawl
from crawler.sources import Project, Source
from pipeline.article import Article, Page, Rejection, extract
from pipeline.dates import Precision, Published
from pipeline.lines import fold

MAX_REQUESTS: Final = 6  # robots.txt included
SECONDS: Final = 90.0
MAX_COMPARED: Final = 500_000  # characters of a page that another extractor is asked about
_EXACT: Final = frozenset((Precision.SECOND, Precision.MINUTE, Precision.HOUR, Precision.DAY))
# Lists of everything, forms of the same, and the next pages of a list: a crawl walks on through
# these first, and here that would be all there is room for.
_NOT_WANTED: Final = (
    r"(?i)/(?:feed|rss|atom)(?:/|\.xml|\.php|$)",
    r"(?i)\.(?:xml|rss|atom)$",
    r"(?i)/(?:page|list|index)[/_-]?\d{1,3}(?:/|\.\w+|$)",
    r"(?i)[?&](?:page|paged|pageno|pn|pg)=\d",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One page, as it would be taken."""

    url: str
    kind: str  # crawler.kind.Kind, "redirect"
    evidence: tuple[str, ...]
    trouble: str | None  # why there is no page
    article: Article | None
    refused: Rejection | None  # why what looked like an article page has none
    agreement: float | None  # share of the letters that trafilatura takes for the text too, 0 to 1

    @property
    def certainty(self) -> str:
        """How far the article's date is to be trusted."""
        return certainty(self.article.published if self.article else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a handful of a site's pages showed."""

    url: str
    requests: int
    pages: tuple[Tried, ...]  # in the order in which they were fetched

    @property
    def articles(self) -> list[Tried]:
        """The pages with an article."""
        return [page for page in self.pages if page.article is not None]


def try_site(url: str, *, contact: str, delay: float, allow_private: bool) -> Trial:
    """Fetch a handful of pages from `url` on and return what would be taken from them.

    Raises:
        ConfigError: the host is public and there is no contact.
    """
    with tempfile.TemporaryDirectory(prefix="fatiao-try-") as folder:
        source = Source(
            name="trial",
            start=(url,),
            delay=delay,
            exclude=tuple(one for one in _NOT_WANTED if not re.search(one, url)),
            allow_private=allow_private,
        )
        file = Path(folder, "fatiao.toml")
        project = Project(file=file, folder=file.parent, contact=contact, sources=(source,))
        with project_lock(project):
            report = crawl(project, sources=None, run_for=SECONDS, max_requests=MAX_REQUESTS)
        with open_frontier(project.frontier) as frontier:
            fetches = frontier.fetches_after(0, limit=4 * MAX_REQUESTS)
        pages = tuple(_tried(project, fetch) for fetch in fetches)
    return Trial(url=url, requests=report.requests, pages=pages)


def certainty(published: Published | None) -> str:
    """Say how far a date is to be trusted: `sure`, `likely`, `rough` or `none`."""
    if published is None:
        return "none"
    if published.precision not in _EXACT:
        return "rough"
    by_machine = published.place.startswith(("meta", "JSON-LD", "itemprop", "attribute"))
    return "sure" if by_machine or "labelled" in published.place else "likely"


def _tried(project: Project, fetch: Fetch) -> Tried:
    if fetch.location is None:
        return Tried(
            url=fetch.url,
            kind=fetch.kind,
            evidence=(),
            trouble=fetch.error or f"leads to {fetch.final_url}",
            article=None,
            refused=None,
            agreement=None,
        )
    archived = read_page(project.archive_folder, fetch.location)
    headers = {name.lower(): value for name, value in archived.headers}
    html = decode(archived.body, headers.get("content-type")).text
    tree = parse_html(html)
    texts = (fetch.link_text,) if fetch.link_text else ()
    judgement = judge(tree, fetch.url, status=archived.status, link_texts=texts)
    found = None
    if judgement.kind is Kind.ARTICLE:
        page = Page(html=html, url=fetch.url, fetched_at=fetch.fetched_at, link_texts=texts)
        found = extract(page, tree)
    return Tried(
        url=fetch.url,
        kind=str(judgement.kind),
        evidence=judgement.evidence,
        trouble=fetch.error,
        article=found if isinstance(found, Article) else None,
        refused=found if isinstance(found, Rejection) else None,
        agreement=_agreement(html, found.text) if isinstance(found, Article) else None,
    )


def _agreement(html: str, text: str) -> float | None:
    """Return the share of the letters of `text` in lines that trafilatura prints too."""
    if len(html) > MAX_COMPARED:
        return None
    other = fold(
        trafilatura.extract(html, favor_precision=True, include_comments=False, fast=True) or ""
    )
    lines = [fold(line) for line in text.split("\n")]
    whole = sum(map(len, lines))
    return sum(len(line) for line in lines if line in other) / whole if whole else None
