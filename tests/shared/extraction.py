"""Measure extraction on the seeds, the recorded sites and the development pages.

    python -m tests.shared.extraction

Reads ../shared, beside the checkout; nothing of it is kept here.
"""

import gzip
import importlib.util
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator

from crawler.decode import decode
from pipeline.article import Article, Page, Rejection, extract
from pipeline.dates import BEIJING, Published
from pipeline.template.site import extract_site

SHARED: Final = Path(__file__).resolve().parents[2].parent / "shared"
SITES: Final = ("zblog-tpure", "hexo-gbk")
WITHIN: Final = {  # how far a date may be off, by the precision that the page shows
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
}
Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedScore:
    """How one seed came out."""

    id: str
    title: bool
    author: bool
    category: bool
    date: bool
    line_f1: float
    leaked: tuple[str, ...]  # of the strings that must not be in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteScore:
    """How the articles of one recorded site came out; shares from 0 to 1."""

    name: str
    articles: int
    extracted: int
    text_f1: float  # mean over articles, multiset of character 3-grams
    line_f1: float
    titles: float
    dates: float
    categories: float
    worst: tuple[tuple[float, str], ...]


def score_seeds() -> list[SeedScore]:
    """Extract the five seed pages and compare them with what is expected."""
    folder = SHARED / "seeds"
    return [_score_seed(folder, expected) for expected in _jsonl(folder / "expected.jsonl")]


def score_site(name: str) -> SiteScore:
    """Extract the articles of a recorded site and compare them with its gold."""
    gold = {row["url"]: row for row in _jsonl(SHARED / "sites" / f"{name}.gold.jsonl")}
    pages = [page for page in read_site(name) if page.url in gold]
    found = extract_site(pages)
    pairs = [(gold[str(page.url)], result) for page, result in zip(pages, found, strict=True)]
    articles = [(row, result) for row, result in pairs if isinstance(result, Article)]
    texts = [(_f1(_grams(row["text"], 3), _grams(a.text, 3)), row["url"]) for row, a in articles]
    return SiteScore(
        name=name,
        articles=len(gold),
        extracted=len(articles),
        text_f1=sum(f1 for f1, _ in texts) / len(gold),
        line_f1=sum(line_f1(row["text"], a.text) for row, a in articles) / len(gold),
        titles=_share(gold, [row["title"] == a.title for row, a in articles]),
        dates=_share(gold, [is_date_right(row, a.published) for row, a in articles]),
        categories=_share(gold, [row["category"] == a.category for row, a in articles]),
        worst=tuple(sorted(texts)[:5]),
    )


def score_development(
    extractor: Callable[[Page], Article | Rejection] = extract,
) -> dict[str, dict[str, float]]:
    """Extract the 120 development pages; figures by part, from the scorer given with them."""
    scorer = load_scorer()
    predictions: dict[str, Record] = {}
    started = time.process_time()
    for row in scorer.load():
        html = (SHARED / "extraction" / row["html"]).read_text(encoding="utf-8")
        result = extractor(Page(html=html, url=row["url"]))
        predictions[row["id"]] = _prediction(result)
    seconds = time.process_time() - started
    figures: dict[str, dict[str, float]] = {
        "all": scorer.evaluate(predictions)[0],
        "one site": scorer.evaluate(predictions, _is_of_one_site)[0],
        "many sites": scorer.evaluate(predictions, lambda row: not _is_of_one_site(row))[0],
    }
    figures["all"]["ms"] = 1000 * seconds / len(predictions)
    return figures


def load_scorer() -> ModuleType:
    """Import the scorer that lies with the development pages."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "extraction" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "extraction" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_site(name: str) -> Iterator[Page]:
    """Yield the pages of a recorded site that were answered with 200."""
    with (SHARED / "sites" / f"{name}.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers.get_statuscode() != "200":
                continue
            body = record.content_stream().read()
            content_type = record.http_headers.get_header("Content-Type")
            stamp = record.rec_headers.get_header("WARC-Date")
            yield Page(
                html=decode(body, content_type).text,
                url=record.rec_headers.get_header("WARC-Target-URI"),
                fetched_at=datetime.fromisoformat(stamp),
            )


def line_f1(expected: str, text: str, optional: Sequence[str] = ()) -> float:
    """Return F1 over whole lines, compared without list marks and white space."""
    neutral = {"", *map(_bare, optional)}
    wanted = Counter(b for line in expected.splitlines() if (b := _bare(line)) not in neutral)
    got = Counter(b for line in text.splitlines() if (b := _bare(line)) not in neutral)
    return _f1(wanted, got)


def is_date_right(row: Mapping[str, Any], published: Published | None) -> bool:
    """Say whether a date agrees with the gold as far as the page shows it."""
    if published is None:
        return False
    true, shown = datetime.fromisoformat(row["date"]), row["date_shown_precision"]
    if shown not in WITHIN:
        return published.on == true.astimezone(BEIJING).date()
    return published.at is not None and abs(published.at - true) <= WITHIN[shown]


def main() -> int:
    """Print the three tables; 1 where ../shared is absent."""
    if not SHARED.is_dir():
        print("../shared is absent", file=sys.stderr)
        return 1
    print("seed  title author category date  line F1  leaked")
    for seed in score_seeds():
        marks = [seed.title, seed.author, seed.category, seed.date]
        words = "".join(f"{'yes' if mark else 'NO':<8}" for mark in marks)
        print(f"{seed.id:<6}{words}{seed.line_f1:.3f}  {', '.join(seed.leaked) or '-'}")
    print("\nsite         articles  text F1  line F1  titles  dates  categories")
    for name in SITES:
        site = score_site(name)
        print(
            f"{name:<13}{site.extracted}/{site.articles:<6}{site.text_f1:.4f}  {site.line_f1:.4f}"
            f"  {site.titles:.3f}  {site.dates:.3f}  {site.categories:.3f}  worst {site.worst[:1]}"
        )
    print("\ndevelopment    n   P     R     F1    line F1  leak  empty title  date  wrong")
    for name, part in score_development().items():
        text = " ".join(f"{part[key]:.3f}" for key in ("P", "R", "F", "LF", "leak", "empty"))
        dates = "" if part.get("date") is None else f"{part['date']:.3f} {part['date_wrong']:.3f}"
        speed = f"  {part['ms']:.0f} ms a page" if "ms" in part else ""
        print(f"{name:<13}{part['n']:>4} {text} {part['title']:.3f} {dates}{speed}")
    return 0


def _score_seed(folder: Path, expected: Record) -> SeedScore:
    html = decode((folder / expected["html"]).read_bytes(), None).text
    fetched_at = datetime.fromisoformat(expected["fetched_at"])
    result = extract(Page(html=html, url=expected["url"], fetched_at=fetched_at))
    if isinstance(result, Rejection):
        return SeedScore(
            id=expected["id"], title=False, author=False, category=False, date=False,
            line_f1=0.0, leaked=(result.reason,),
        )  # fmt: skip
    return SeedScore(
        id=expected["id"],
        title=result.title == expected["title"],
        author=result.author == expected["author"],
        category=result.category == expected["category"],
        date=_same_date(expected["published_at"], result.published),
        line_f1=line_f1(expected["text"], result.text, expected["optional_lines"]),
        leaked=tuple(bad for bad in expected["must_not_contain"] if bad in result.text),
    )


def _same_date(expected: Record | None, published: Published | None) -> bool:
    if expected is None or published is None:
        return expected is None and published is None
    found = (published.on.isoformat(), published.precision)
    return found == (expected["date"], expected["precision"])


def _is_of_one_site(row: Record) -> bool:
    return bool(row["site"] == "money.163.com")  # 62 of the 120 pages


def _prediction(result: Article | Rejection) -> Record:
    if isinstance(result, Rejection):
        return {"text": "", "title": "", "date": ""}
    date = result.published.on.isoformat() if result.published else ""
    return {"text": result.text, "title": result.title, "date": date}


def _jsonl(path: Path) -> list[Record]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def _bare(line: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"^\s*(?:[-•*·]|\d{1,3}\.)\s+", "", line))


def _grams(text: str, size: int) -> Counter[str]:
    joined = re.sub(r"\s+", "", text)
    return Counter(joined[i : i + size] for i in range(len(joined) - size + 1))


def _f1(wanted: Counter[str], got: Counter[str]) -> float:
    common = sum((wanted & got).values())
    return 2 * common / max(1, sum(wanted.values()) + sum(got.values()))


def _share(gold: Mapping[str, Record], right: Sequence[bool]) -> float:
    return sum(right) / len(gold)


if __name__ == "__main__":
    sys.exit(main())
