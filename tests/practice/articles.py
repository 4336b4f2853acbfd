"""The practice articles: written for this project, one TOML file each, with what should be found.

A file holds `site`, `path`, `title`, `category`, `published` and `body`, where known `author` and
`tags`, for a repost `duplicate_of` and `relation`, and one `[[citation]]` table for each citation
in the body, in the order of reading.  The articles and the people in them are made up; the
provisions are real wherever the verdict says `in_force`.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

ARTICLES: Final = Path(__file__).parent / "articles"
SITES: Final = ("yanxi", "qinghe", "fayuan")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCitation:
    """One citation that stands in a body, and the verdict on the day of publication."""

    text: str  # as written
    law: str  # full official title; for an invented law the title as written
    verdict: str
    article: int | None = None
    article_end: int | None = None  # last article of a range
    paragraph: int | None = None
    item: int | None = None
    doc_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeArticle:
    """One article of a practice site."""

    site: str
    path: str  # URL path on its site
    title: str
    category: str
    published: datetime  # aware, Beijing time
    body: str  # markup: see `markup.py`
    author: str | None = None
    tags: tuple[str, ...] = ()
    duplicate_of: str | None = None  # "site:path" of what it copies
    relation: str | None = None  # exact, light, heavy (edited), template (another company's name)
    citations: tuple[ExpectedCitation, ...] = ()

    @property
    def number(self) -> int:
        """The digits that end the path: the number under which a CMS would keep it."""
        return int(self.path.rpartition("/")[2].removesuffix(".html"))


@cache
def load_articles() -> tuple[PracticeArticle, ...]:
    """Return all practice articles, the newest of each site first."""
    articles = [_read(file) for file in sorted(ARTICLES.glob("*.toml"))]
    articles.sort(key=lambda article: article.published, reverse=True)
    return tuple(articles)


def of_site(name: str) -> tuple[PracticeArticle, ...]:
    """Return the articles of one site, newest first."""
    return tuple(article for article in load_articles() if article.site == name)


def _read(file: Path) -> PracticeArticle:
    fields: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    citations = tuple(ExpectedCitation(**row) for row in fields.pop("citation", ()))
    tags = tuple(fields.pop("tags", ()))
    body = fields.pop("body").strip()
    return PracticeArticle(body=body, tags=tags, citations=citations, **fields)
