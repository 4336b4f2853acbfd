"""Writes `expected.jsonl`: what a crawl of the practice sites should end with, an article a line.

`python -m tests.practice.expected` writes it anew from the articles.  Fields: `site`, `path`,
`title`, `author`, `category`, `date` (of publication, in Beijing), `text`, `citations` (in reading
order, verdicts as of `date`), `duplicate_of` ("site:path" of what it copies) and `relation`.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from tests.practice.articles import PracticeArticle, load_articles
from tests.practice.markup import as_text
from tests.practice.web import BEIJING

EXPECTED: Final = Path(__file__).parent / "expected.jsonl"


def expected_lines() -> str:
    """Return the contents that `expected.jsonl` should have."""
    articles = sorted(load_articles(), key=lambda article: (article.site, article.number))
    rows = (json.dumps(_row(article), ensure_ascii=False) for article in articles)
    return "".join(f"{row}\n" for row in rows)


def read_expected() -> list[dict[str, Any]]:
    """Return the rows of `expected.jsonl`."""
    return [json.loads(line) for line in EXPECTED.read_text(encoding="utf-8").splitlines()]


def _row(article: PracticeArticle) -> dict[str, Any]:
    return {
        "site": article.site,
        "path": article.path,
        "title": article.title,
        "author": article.author,
        "category": article.category,
        "date": article.published.astimezone(BEIJING).date().isoformat(),
        "text": as_text(article.body),
        "citations": [asdict(citation) for citation in article.citations],
        "duplicate_of": article.duplicate_of,
        "relation": article.relation,
    }


if __name__ == "__main__":
    EXPECTED.write_text(expected_lines(), encoding="utf-8")
    print(f"{EXPECTED.name}: {len(read_expected())} articles")
