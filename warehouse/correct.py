"""Corrections put over what a build found, and those that no longer fit told apart.

What the program found stays as it is; `ops.override` stands beside it and the views put the one
over the other.  Only a corrected date reaches further: citations are verified again for that day,
and the page's place among its reposts is found again.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipeline.statutes import load_registry
from pipeline.texts import StatuteTexts
from warehouse.grouping import group_articles
from warehouse.load import replace_citations_of
from warehouse.overrides import Override, read_overrides
from warehouse.stale import cite_stored
from warehouse.store import read_sql, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideReport:
    """What became of the corrections in one build; counts of lines."""

    applied: int = 0
    unneeded: int = 0  # the program says the same by now
    misfits: tuple[str, ...] = ()  # a sentence each, with the line


def apply_overrides(db: DuckDBPyConnection, file: Path, texts: StatuteTexts) -> OverrideReport:
    """Put the corrections of `file` over what the build found, in one transaction.

    `texts` are the statutes' words that citations are compared with.

    Raises:
        InputError: the file is wrong; nothing was changed.
    """
    overrides = read_overrides(file)
    with transaction(db):
        before = _dates(db)
        _replace(db, overrides)
        moved = {article for article, _ in before.items() ^ _dates(db).items()}
        group_articles(db, sorted(moved))
        _verify_again(db, before, texts)
        _replace(db, overrides)  # another date can make a correction needless, or a misfit
    return _report(db, file)


def _dates(db: DuckDBPyConnection) -> dict[str, date]:
    """The corrected dates, by article."""
    sql = "SELECT article_id, published_on FROM ops.override WHERE kind = 'date' AND state = $1"
    return dict(db.execute(sql, ["applied"]).fetchall())


def _replace(db: DuckDBPyConnection, overrides: Sequence[Override]) -> None:
    db.execute(read_sql("overrides/stage.sql"))
    if overrides:
        sql = "INSERT INTO staged_override VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        db.executemany(sql, [astuple(one) for one in overrides])  # a handful
    db.execute(read_sql("overrides/resolve.sql"))
    db.execute(read_sql("overrides/replace.sql"))


def _verify_again(db: DuckDBPyConnection, before: dict[str, date], texts: StatuteTexts) -> None:
    """Cite for the day that counts now, also where a build has just cited for the day it found."""
    rows = db.execute(read_sql("overrides/stale_dates.sql"), {"before": list(before)}).fetchall()
    articles = [article for (article,) in rows]
    if articles:
        stored = db.execute(read_sql("overrides/texts.sql"), {"ids": articles}).fetchall()
        cited = cite_stored(stored, load_registry(), texts)
        replace_citations_of(db, articles, list(cited))


def _report(db: DuckDBPyConnection, file: Path) -> OverrideReport:
    rows = db.execute("SELECT line, url, state, detail FROM ops.override ORDER BY line").fetchall()
    states = [state for _, _, state, _ in rows]
    return OverrideReport(
        applied=states.count("applied"),
        unneeded=states.count("unneeded"),
        misfits=tuple(
            f"{file.name}:{line}: {url}: {detail}"
            for line, url, state, detail in rows
            if state == "misfit"
        ),
    )
