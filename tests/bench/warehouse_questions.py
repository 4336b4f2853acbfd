"""Each question of an analyst, asked of a published file: cold, warm, and how it grows."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.shared.figures import table
from warehouse.store import list_sql, open_published, read_sql

WARM = 3  # the best of so many
SEARCHES = ("借款 逾期", "诉讼时效 中断 担保", "iPhone 分期")
_MORE = {
    "provenance": "FROM provenance('{citation}')",
    "one article in full": (
        "SELECT text FROM articles WHERE article_id = (SELECT max(article_id) FROM core.article)"
    ),
    "about": "FROM about",
    "sources": "FROM sources",
    "statutes": "SELECT short_title, citations FROM statutes ORDER BY citations DESC LIMIT 20",
}


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and of all cores."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:>8.2f}s{self.cpu:>8.2f}s"


Asked = Mapping[str, tuple[Spent, Spent]]  # cold, warm


def timed(work: Callable[[], object]) -> Spent:
    wall, cpu = time.monotonic(), time.process_time()
    work()
    return Spent(time.monotonic() - wall, time.process_time() - cpu)


def ask_all(file: Path) -> Asked:
    """Ask each question in a new connection, without the system's cache of the file, then again."""
    questions = {name: read_sql(f"examples/{name}.sql") for name in list_sql("examples")} | _MORE
    questions |= {f"search: {words}": f"FROM search('{words}', most := 20)" for words in SEARCHES}
    with open_published(file) as db:
        ((citation,),) = db.execute("SELECT max(citation_id) FROM core.citation").fetchall()
    questions["provenance"] = questions["provenance"].format(citation=citation)
    print(f"  {'question':<34}{'cold':>9}{'cpu':>9}{'warm':>9}{'cpu':>9}")
    asked = {}
    for name, sql in questions.items():
        forget(file)
        with open_published(file) as db:
            cold = timed(lambda: db.execute(sql).fetchall())  # noqa: B023 - called at once
            warm = min(
                (timed(lambda: db.execute(sql).fetchall()) for _ in range(WARM)),  # noqa: B023
                key=lambda spent: spent.wall,
            )
        asked[name] = cold, warm
        print(f"  {name:<34}{cold}{warm}", flush=True)
    return asked


def forget(file: Path) -> None:
    """Let the system drop what it holds of the file, as if nobody had read it since it started."""
    if hasattr(os, "posix_fadvise"):
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def growth(answers: Mapping[int, Asked]) -> str:
    """Return a table: each question's warm seconds by the clock at each size."""
    first = next(iter(answers.values()))
    head = ("warm, s", *(f"{size:,}" for size in answers))
    rows = [(name, *(f"{one[name][1].wall:.3f}" for one in answers.values())) for name in first]
    return table([head, *rows])
