"""What is unlike a source's own history: one finding for each measure that is out of bounds.

A measure is an SQL file in `warehouse/sql/health/measures/` that says of each page or request
whether it is bad; here stands what that means.  The newest (all of the run and, where they are few,
some before it) are compared with the earlier ones by a bound that suits small numbers
(`sql/health/macros.sql`): two bad pages of two cry no wolf, and six of twenty do not hide.
To add a measure is to add a file and a row here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from duckdb import DuckDBPyConnection

from warehouse.health.states import Health
from warehouse.store import read_sql

CHANCE: Final = 1e-3  # how often chance alone may do what is called a finding; crawl.md §2a.8
LEAST_BAD: Final = 3  # observations; fewer are an accident
LEAST_USUAL: Final = 10  # observations; fewer are no history


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is counted, and what a source is that has too many."""

    name: str  # the SQL file's stem
    state: Health
    words: str  # what is the matter, after "12 of 20"; {detail} is the most frequent one
    broken_from: float | None = None  # share of bad ones from which the source is broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as usual with a source."""

    source: str
    measure: str
    state: Health  # that it puts the source in; OK: worth knowing, no trouble
    words: str  # a clause for people
    bad: int
    total: int
    usual_bad: int
    usual_total: int
    chance: float  # of it, had nothing changed
    examples: tuple[str, ...]  # up to three URLs


_ALARM: Final = Health.DEGRADED
MEASURES: Final = (
    Measure(name="moved", state=_ALARM, words="requests lead to {detail}", broken_from=0.5),
    Measure(name="refused", state=Health.BLOCKED, words="requests are refused ({detail})"),
    Measure(name="lost", state=_ALARM, words="pages hold no article ({detail})", broken_from=0.8),
    Measure(name="failed", state=_ALARM, words="requests failed ({detail})", broken_from=0.8),
    Measure(name="collapsed", state=_ALARM, words="requests lead to one page", broken_from=0.8),
    Measure(name="untitled", state=_ALARM, words="articles have another's title ({detail})"),
    Measure(name="undated", state=_ALARM, words="articles tell no date"),
    Measure(name="damaged", state=_ALARM, words="texts have unreadable characters ({detail})"),
    Measure(name="short", state=_ALARM, words="texts are shorter than half the usual {detail}"),
    Measure(name="long", state=_ALARM, words="texts are thrice as long as the usual {detail}"),
    Measure(name="uncited", state=_ALARM, words="articles cite nothing"),
    Measure(name="charset", state=Health.OK, words="pages are in {detail}"),
)  # fmt: skip


def find(db: DuckDBPyConnection, run_id: int) -> list[Finding]:
    """Return what run `run_id` saw of each source that is unlike its history, worst first."""
    for part in ("macros", "requests", "pages"):
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
        "bad": finding.bad,
        "total": finding.total,
        "usual_bad": finding.usual_bad,
        "usual_total": finding.usual_total,
        "p_value": finding.chance,
        "examples": list(finding.examples),
    }


def _compared(db: DuckDBPyConnection) -> Iterator[Finding]:
    limits = {"least_bad": LEAST_BAD, "least_usual": LEAST_USUAL, "chance": CHANCE}
    for measure in MEASURES:
        observed = read_sql(f"health/measures/{measure.name}.sql")
        db.execute(f"CREATE OR REPLACE TEMP VIEW observed AS {observed}")
        for row in _rows(db, "health/compare.sql", limits):
            yield _finding(measure, row)


def _finding(measure: Measure, row: dict[str, Any]) -> Finding:
    bad, total = row["bad"], row["total"]
    is_broken = measure.broken_from is not None and bad >= measure.broken_from * total
    words = measure.words.format(detail=row["detail"])
    usual = f"usually {row['usual_bad']} of {row['usual_total']}"
    return _made(
        row,
        measure=measure.name,
        state=Health.BROKEN if is_broken else measure.state,
        words=f"{bad} of {total} {words}; {usual}",
    )


def _dry_feeds(db: DuckDBPyConnection, run_id: int) -> Iterator[Finding]:
    for row in _rows(db, "health/dry_feeds.sql", {"run_id": run_id}):
        words = f"{row['bad']} feeds or sitemaps that had entries have none now ({row['detail']})"
        yield _made(row, measure="dry_feeds", state=_ALARM, words=words)


def _silences(db: DuckDBPyConnection, run_id: int) -> Iterator[Finding]:
    for row in _rows(db, "health/silence.sql", {"run_id": run_id, "chance": CHANCE}):
        words = (
            f"nothing new for {row['total']} days, since {row['detail']};"
            f" before, there was news on {row['usual_bad']} of {row['usual_total']} days"
        )
        yield _made(row, measure="silence", state=_ALARM, words=words)


def _made(row: dict[str, Any], *, measure: str, state: Health, words: str) -> Finding:
    return Finding(
        source=row["source"],
        measure=measure,
        state=state,
        words=words,
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
