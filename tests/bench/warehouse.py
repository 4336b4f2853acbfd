"""`make bench`, the warehouse: how fast it loads, publishes and answers, and how large it gets.

python -m tests.bench.warehouse [--articles 100000] [--keep FOLDER]

Synthetic articles of about 1,300 characters with three citations each, two in five of them
reposts, a telephone number in one of ten; the loader and the publisher are those of a build.
Fetching, cleaning, citing and grouping are measured elsewhere.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from crawler.sources import Project
from pipeline.statutes import Registry, load_registry
from warehouse.checks import run_checks
from warehouse.load import load_batch, load_registry_tables
from warehouse.publish import DATABASE_NAME, publish
from warehouse.report.page import write_report
from warehouse.store import list_sql, open_published, open_warehouse, read_sql, transaction

BATCH = 2_000
SOURCES = 12
CITATIONS = 3  # an article
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
SEARCHES = ("借款 逾期", "诉讼时效 中断 担保", "iPhone 分期")

_SUBJECTS = ("借款人", "出借人", "担保人", "用人单位", "劳动者", "网贷平台", "夫妻一方", "房东")
_VERBS = ("应当", "可以", "不得", "往往", "有权", "需要", "拒绝", "要求", "承诺", "否认")
_OBJECTS = (
    "按期归还本金和利息",
    "提供完整的转账记录",
    "书面通知对方并保留回执",
    "承担连带清偿责任",
    "在诉讼时效内主张权利",
    "支付逾期利息和违约金",
    "解除合同并赔偿损失",
    "向人民法院申请财产保全",
    "提交借条和聊天记录作为证据",
    "与平台协商分期还款",
)
_VERDICTS = ("in_force",) * 16 + ("repealed", "repealed", "no_such_article", "unverifiable")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="use this folder, and leave it there")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="fatiao-bench-") as scratch:
        folder = chosen.keep or Path(scratch)
        run(Project(file=folder / "fatiao.toml", folder=folder), chosen.articles)


def run(project: Project, articles: int) -> None:
    print(f"{articles:,} articles, {articles * CITATIONS:,} citations")
    with open_warehouse(project.warehouse) as db:
        seconds = timed(lambda: load(db, articles))
        tell("load", seconds, f"{articles / seconds.wall:,.0f} articles a second")
        tell("checks", timed(lambda: report_checks(db)))
        size = project.warehouse.stat().st_size
        print(f"  {'file':<34}{size / 1e6:>9,.0f} MB, {size / articles:,.0f} bytes an article")
        for is_masked in (True, False):
            one = Project(file=project.file, folder=project.folder, publish_masked=is_masked)
            seconds = timed(lambda: publish(db, one, run_id=1, now=NOW, write_report=write_report))  # noqa: B023 - called at once
            tell("publish, masked" if is_masked else "publish, as it is", seconds)
    ask_all(project.public / DATABASE_NAME)


def ask_all(file: Path) -> None:
    """Ask each question in a new connection, then again."""
    questions = {name: read_sql(f"examples/{name}.sql") for name in list_sql("examples")}
    questions |= {f"search: {words}": f"FROM search('{words}') LIMIT 20" for words in SEARCHES}
    questions |= {"about": "FROM about", "as_of": "SELECT count(*) FROM as_of('2026-11-01')"}
    print(f"  {'question':<34}{'first':>9}{'cpu':>9}{'again':>9}{'cpu':>9}")
    for name, sql in questions.items():
        with open_published(file) as db:
            first = timed(lambda: db.execute(sql).fetchall())  # noqa: B023 - called at once
            again = min(
                (timed(lambda: db.execute(sql).fetchall()) for _ in range(3)),  # noqa: B023
                key=lambda spent: spent.wall,
            )
        print(f"  {name:<34}{first}{again}")


def load(db: DuckDBPyConnection, articles: int) -> None:
    registry = load_registry()
    dice = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    with transaction(db):
        load_registry_tables(db, registry)
        db.executemany(
            "INSERT INTO core.source VALUES (?, ?, true, 3)",
            [(f"site{n}", f"https://site{n}.example/") for n in range(SOURCES)],
        )
        db.execute("INSERT INTO ops.run VALUES (1, $1, $1, 'finished', $2, 0)", [NOW, articles])
    for first in range(0, articles, BATCH):
        made = [article(dice, registry, number) for number in range(first, first + BATCH)]
        with transaction(db):
            load_batch(
                db,
                [fetch for fetch, _, _ in made],
                [page for _, page, _ in made],
                [cited for _, _, citations in made for cited in citations],
            )
    with transaction(db):
        db.execute(_GROUPS)
    db.execute("CHECKPOINT fatiao")


# Two of five articles repeat the one numbered before them, as a build would have found.
_GROUPS = """
    INSERT INTO core.duplicate (
        article_id, cluster_id, canonical_id, relation, similarity, rare_similarity, matched_id,
        epoch
    )
    SELECT
        article_id,
        if(is_repost, original, article_id),
        if(is_repost, original, article_id),
        if(is_repost, 'near', 'original'),
        if(is_repost, 0.9, 1),
        if(is_repost, 0.9, 1),
        if(is_repost, original, NULL),
        1
    FROM (
        SELECT
            a.article_id,
            v.fetch_id % 5 IN (1, 2) AS is_repost,
            lag(a.article_id, (v.fetch_id % 5)::INTEGER) OVER (ORDER BY v.fetch_id) AS original
        FROM core.article AS a
        JOIN core.article_version AS v ON v.version_id = a.current_version_id
    )
"""


def article(
    dice: random.Random, registry: Registry, number: int
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """Return one article's rows: of its fetch, of its page, of its citations."""
    source = f"site{dice.randrange(SOURCES)}"
    url = f"https://{source}.example/{number}.html"
    identity = sha256(url.encode()).hexdigest()[:16]
    lines = list(sentences(dice))
    if number % 10 == 0:
        lines[3] = f"咨询电话{dice.randrange(10**10, 2 * 10**10)}，也可以留言。"
    cited = unlike_citations(dice, registry)
    for place, (_, words, _) in zip(
        dice.sample(range(5, len(lines)), CITATIONS), cited, strict=True
    ):
        lines[place] = f"根据{words}的规定，{lines[place]}"
    text = "\n".join(lines)
    digest = sha256(text.encode()).hexdigest()
    version = f"{identity}-{digest[:16]}"
    published = date(2018, 1, 1) + timedelta(days=dice.randrange(3_200))
    fetched = NOW - timedelta(seconds=number)
    fetch = {
        "fetch_id": number, "run_id": 1, "source": source, "url": url, "fetched_at": fetched,
        "status": 200, "kind": "article", "bytes": 30_000, "archive_file": "a.warc.gz",
        "archive_offset": number * 9_000, "archive_length": 9_000,
        "payload_digest": f"sha256:{digest}",
    }  # fmt: skip
    page = {
        "fetch_id": number, "outcome": "article", "article_id": identity, "version_id": version,
        "source": source, "url": url, "fetched_at": fetched, "title": lines[0][:30],
        "published_on": published, "published_precision": "day",
        "published_evidence": str(published),
        "text": text, "text_sha256": digest, "char_count": len(text), "charset_chosen": "utf-8",
        "extract_version": 1,
    }  # fmt: skip
    rows = [citation_row(dice, identity, version, text, published, one) for one in cited]
    return fetch, page, rows


def sentences(dice: random.Random) -> Iterator[str]:
    for _ in range(34):
        yield (
            "，".join(
                f"{dice.choice(_SUBJECTS)}{dice.choice(_VERBS)}{dice.choice(_OBJECTS)}"
                f"{dice.randrange(1000) if dice.random() < 0.3 else ''}"
                for _ in range(dice.randrange(1, 4))
            )
            + "。"
        )


def unlike_citations(dice: random.Random, registry: Registry) -> list[tuple[Any, str, int]]:
    found: dict[str, tuple[Any, str, int]] = {}
    while len(found) < CITATIONS:
        one = cite(dice, registry)
        found[one[1]] = one
    return list(found.values())


def cite(dice: random.Random, registry: Registry) -> tuple[Any, str, int]:
    statute = registry.statutes[min(int(dice.expovariate(0.1)), len(registry.statutes) - 1)]
    article_no = 1 + min(int(dice.expovariate(0.01)), 1_200)
    return statute, f"《{statute.short_title}》第{article_no}条", article_no


def citation_row(
    dice: random.Random,
    article_id: str,
    version: str,
    text: str,
    day: date,
    cited: tuple[Any, str, int],
) -> dict[str, Any]:
    statute, words, article_no = cited
    start = text.index(words)
    line_start = text.rfind("\n", 0, start) + 1
    return {
        "citation_id": sha256(f"{version}{start}{dice.random()}".encode()).hexdigest()[:16],
        "version_id": version, "article_id": article_id, "start_char": start,
        "end_char": start + len(words), "raw_text": words,
        "sentence": text[line_start : text.find("\n", start)], "statute_id": statute.statute_id,
        "law_title": statute.title, "article_no": article_no, "form": "title_short",
        "is_anaphoric": False, "as_of": day, "verdict": dice.choice(_VERDICTS),
        "detail": "synthetic", "cite_version": 1, "registry_version": "bench",
    }  # fmt: skip


def report_checks(db: DuckDBPyConnection) -> None:
    for failure in run_checks(db):
        print(f"  check {failure}")


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of all cores: the second hardly depends on who else is at work."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:>8.2f}s{self.cpu:>8.2f}s"


def timed(work: Callable[[], object]) -> Spent:
    wall, cpu = time.monotonic(), time.process_time()
    work()
    return Spent(time.monotonic() - wall, time.process_time() - cpu)


def tell(what: str, spent: Spent, more: str = "") -> None:
    print(f"  {what:<34}{spent}{'  ' + more if more else ''}", flush=True)


if __name__ == "__main__":
    main()
