"""How well one response tells an article from a list, on the pages in ../shared.

Run: python -m tests.shared.kind [--misses]
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.decode import decode
from crawler.kind import Judgement, Kind, judge
from crawler.parse import parse_html

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
SITES = ("zblog-tpure", "hexo-gbk")
WELCOME = "http://127.0.0.1:8101/hf/1.html"  # Z-Blog's own first article, not in the gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One page, and whether it is an article."""

    group: str
    url: str
    body: bytes
    content_type: str | None
    is_article: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision and recall of `Kind.ARTICLE` on one group of pages."""

    pages: int
    articles: int
    precision: float
    recall: float
    misses: tuple[tuple[Case, Judgement], ...]


def cases() -> Iterator[Case]:
    for site in SITES:
        yield from site_cases(site)
    yield from seed_cases()
    yield from extraction_cases()


def site_cases(site: str) -> Iterator[Case]:
    rows = (SHARED / "sites" / f"{site}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {json.loads(row)["url"] for row in rows} | {WELCOME}
    with (SHARED / "sites" / f"{site}.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            content_type = record.http_headers and record.http_headers.get_header("content-type")
            if record.rec_type != "response" or "html" not in (content_type or ""):
                continue
            if record.http_headers.get_statuscode() == "200":
                url = record.rec_headers.get_header("WARC-Target-URI")
                body = record.content_stream().read()
                yield Case(
                    group=site,
                    url=url,
                    body=body,
                    content_type=content_type,
                    is_article=url in articles,
                )


def seed_cases() -> Iterator[Case]:
    sites = json.loads((SHARED / "seeds" / "sites.json").read_text(encoding="utf-8"))
    for host, site in sites.items():
        for path, page in site["pages"].items():
            yield Case(
                group="seeds",
                url=f"{site['scheme']}://{host}{path}",
                body=(SHARED / "seeds" / page["file"]).read_bytes(),
                content_type=None,
                is_article=page["kind"] == "article",
            )


def extraction_cases() -> Iterator[Case]:
    rows = (SHARED / "extraction" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        url = row["url"] or f"http://{row['site'] or 'unknown.example'}/{row['id']}.html"
        yield Case(
            group="extraction dev",
            url=url if "://" in url else f"http://{url}",
            body=(SHARED / "extraction" / row["html"]).read_bytes(),
            content_type=None,
            is_article=True,
        )


def judge_case(case: Case) -> Judgement:
    tree = parse_html(decode(case.body, case.content_type).text)
    return judge(tree, case.url, status=200)


def score(group: list[Case]) -> Score:
    verdicts = [(case, judge_case(case)) for case in group]
    taken = [case for case, verdict in verdicts if verdict.kind is Kind.ARTICLE]
    right = sum(case.is_article for case in taken)
    articles = sum(case.is_article for case in group)
    return Score(
        pages=len(group),
        articles=articles,
        precision=right / len(taken) if taken else 1.0,
        recall=right / articles if articles else 1.0,
        misses=tuple(
            (case, verdict)
            for case, verdict in verdicts
            if case.is_article != (verdict.kind is Kind.ARTICLE)
        ),
    )


def main() -> None:
    groups: dict[str, list[Case]] = {}
    for case in cases():
        groups.setdefault(case.group, []).append(case)
    print(f"{'group':<16}{'pages':>7}{'articles':>10}{'precision':>11}{'recall':>8}")
    for name, group in groups.items():
        result = score(group)
        print(
            f"{name:<16}{result.pages:>7}{result.articles:>10}"
            f"{result.precision:>11.3f}{result.recall:>8.3f}"
        )
        if "--misses" in sys.argv:
            for case, verdict in result.misses:
                print(f"  {case.url} {verdict.kind}: {'; '.join(verdict.evidence)}")


if __name__ == "__main__":
    main()
