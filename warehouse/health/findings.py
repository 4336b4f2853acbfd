"""What is unlike a source's own history: one finding for each measure that is out of bounds.

The newest pages and requests (all of the run and, where they are few, some before it) are compared
with the earlier ones, measure by measure (`warehouse.health.measures`), by a bound that suits small
numbers (`sql/health/macros.sql`): two bad pages of two cry no wolf, and six of twenty do not hide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from duckdb import DuckDBPyConnection

from warehouse.health.measures import MEASURES, Measure, Usual, usually
from warehouse.health.states import Health
from warehouse.store import read_sql

CHANCE: Final = 1e-3  # how often chance alone may do what is called a finding; crawl.md §2a.8
LEAST_BAD: Final = 3  # observations; fewer are an accident
LEAST_USUAL: Final = 10  # observations; fewer are no history


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as usual with a source."""

    source: str
    measure: str
    state: Health  # that it puts the source in; OK: worth knowing, no trouble
    words: str  # a clause for people
    words_zh: str  # the same in Chinese
    bad: int
    total: int
    usual_bad: int
    usual_total: int
    chance: float  # of it, had nothing changed
    examples: tuple[str, ...]  # up to three URLs


_BY_NAME: Final = {measure.name: measure for measure in MEASURES}


def find(db: DuckDBPyConnection, run_id: int) -> list[Finding]:
    """Return what run `run_id` saw of each source that is unlike its history, worst first."""
    for part in ("macros", "kept", "requests", "pages"):
        db.execute(read_sql(f"health/{part}.sql"), {"run_id": run_id} if part == "requests" else {})
    found = [*_compared(db), *_dry_feeds(db, run_id), *_silences(db, run_id)]
    return sorted(found, key=lambda one: -one.state.gravity)


def with_history(db: DuckDBPyConnection) -> set[str]:
    """Return the sources that `find` had enough history of to compare with; call it afterwards."""
    rows = db.execute(
        "SELECT source FROM request GROUP BY source HAVING count(*) FILTER (is_usual) >= ?",
        [LEAST_USUAL],
    ).fetchall()
    return {source for (source,) in rows}


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return `finding` as the frontier keeps it and `ops.finding` holds it, but for the run."""
    return {
        "source": finding.source,
        "measure": finding.measure,
        "state": finding.state.value,
        "words": finding.words,
        "words_zh": finding.words_zh,
        "bad": finding.bad,
        "total": finding.total,
        "usual_bad": finding.usual_bad,
        "usual_total": finding.usual_total,
        "p_value": finding.chance,
        "examples": list(finding.examples),
    }


def _compared(db: DuckDBPyConnection) -> Iterator[Finding]:
    db.execute(f"CREATE OR REPLACE TEMP VIEW observed AS {_observed()}")
    limits = {"least_bad": LEAST_BAD, "least_usual": LEAST_USUAL, "chance": CHANCE}
    for row in _rows(db, "health/compare.sql", limits):
        yield _finding(_BY_NAME[row["measure"]], row)


def _observed() -> str:
    """Return one query for all measures: planning each of its own took longer than its rows."""
    return " UNION ALL ".join(
        f"SELECT '{one.name}' AS measure, {one.prior} AS prior, source, url, is_now, in_window,"  # noqa: S608 - our own names
        f" was_well, is_usual, is_bad, detail FROM ({_statement(one)}) AS observed"
        for one in MEASURES
    )


def _statement(measure: Measure) -> str:
    return read_sql(f"health/measures/{measure.name}.sql").rstrip().removesuffix(";")


def _finding(measure: Measure, row: dict[str, Any]) -> Finding:
    bad, total = row["bad"], row["total"]
    is_broken = measure.broken_from is not None and bad >= measure.broken_from * total
    usual = usually(Usual(bad=row["usual_bad"], total=row["usual_total"]))
    return _made(
        row,
        measure=measure.name,
        state=Health.BROKEN if is_broken else measure.state,
        words=f"{measure.words.format_map(row)}; {usual[0]}",
        words_zh=f"{measure.words_zh.format_map(row)}；{usual[1]}",
    )


def _dry_feeds(db: DuckDBPyConnection, run_id: int) -> Iterator[Finding]:
    for row in _rows(db, "health/dry_feeds.sql", {"run_id": run_id}):
        yield _made(
            row,
            measure="dry_feeds",
            state=Health.DEGRADED,
            words=f"{row['bad']} feeds or sitemaps that had entries have none now"
            f" ({row['detail']})",
            words_zh=f"{row['bad']} 个订阅源或站点地图不再有条目（{row['detail']}）",
        )


def _silences(db: DuckDBPyConnection, run_id: int) -> Iterator[Finding]:
    for row in _rows(db, "health/silence.sql", {"run_id": run_id, "chance": CHANCE}):
        yield _made(
            row,
            measure="silence",
            state=Health.DEGRADED,
            words=f"nothing new for {row['total']} days, since {row['detail']};"
            f" before, there was news on {row['usual_bad']} of {row['usual_total']} days",
            words_zh=f"自 {row['detail']} 起 {row['total']} 天没有新文章；"
            f"此前 {row['usual_total']} 天中有 {row['usual_bad']} 天更新",
        )


def _made(
    row: dict[str, Any], *, measure: str, state: Health, words: str, words_zh: str
) -> Finding:
    return Finding(
        source=row["source"],
        measure=measure,
        state=state,
        words=words,
        words_zh=words_zh,
        bad=row["bad"],
        total=row["total"],
        usual_bad=row["usual_bad"],
        usual_total=row["usual_total"],
        chance=float(row["chance"]),
        examples=tuple(row["examples"]),
    )


def _rows(db: DuckDBPyConnection, file: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    result = db.execute(read_sql(file), values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
