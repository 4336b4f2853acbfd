"""What was found wrong with each source, kept with the runs: it outlives every rebuild.

>>> from crawler.frontier.store import open_frontier
>>> with open_frontier(Path(":memory:")) as frontier:
...     save_findings(frontier, 7, [{"source": "lawfirm", "measure": "lost", "bad": 9}])
...     findings(frontier)
[{'source': 'lawfirm', 'measure': 'lost', 'bad': 9, 'run_id': 7}]
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path  # noqa: F401 - for the doctest
from typing import Any

from crawler.frontier.schema import read_sql
from crawler.frontier.store import Frontier, as_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A trouble of a source that has been told and is not over."""

    source: str
    run_id: int  # the run that found it
    state: str
    reason: str
    since: datetime  # aware, UTC


def save_findings(frontier: Frontier, run_id: int, records: Iterable[Mapping[str, Any]]) -> None:
    """Keep the findings of run `run_id`, in place of what was kept of it; JSON values only."""
    _ensure_tables(frontier)
    frontier.begin()
    frontier.connection.execute("DELETE FROM finding WHERE run_id = ?", (run_id,))
    frontier.connection.executemany(
        "INSERT INTO finding VALUES (?, ?, ?, ?)",
        [
            (run_id, one["source"], one["measure"], json.dumps(dict(one), ensure_ascii=False))
            for one in records
        ],
    )
    frontier.commit()


def findings(frontier: Frontier) -> list[dict[str, Any]]:
    """Return the findings of all runs, oldest first, each with its `run_id`."""
    _ensure_tables(frontier)
    rows = frontier.connection.execute(
        "SELECT run_id, record FROM finding ORDER BY run_id, source, measure"
    )
    return [json.loads(record) | {"run_id": run_id} for run_id, record in rows]


def incidents(frontier: Frontier) -> dict[str, Incident]:
    """Return the incidents that are not over, by source."""
    _ensure_tables(frontier)
    rows = frontier.connection.execute("SELECT source, run_id, state, reason, since FROM incident")
    return {
        source: Incident(
            source=source, run_id=run_id, state=state, reason=reason, since=as_time(since)
        )
        for source, run_id, state, reason, since in rows
    }


def open_incident(frontier: Frontier, incident: Incident) -> None:
    """Remember that `incident` was told."""
    _ensure_tables(frontier)
    frontier.connection.execute(
        "INSERT INTO incident VALUES (?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET"
        " run_id = excluded.run_id, state = excluded.state, reason = excluded.reason,"
        " since = excluded.since",
        (
            incident.source,
            incident.run_id,
            incident.state,
            incident.reason,
            incident.since.timestamp(),
        ),
    )


def close_incident(frontier: Frontier, source: str) -> None:
    """Forget the incident of `source`: it is over, and that was told."""
    _ensure_tables(frontier)
    frontier.connection.execute("DELETE FROM incident WHERE source = ?", (source,))


def _ensure_tables(frontier: Frontier) -> None:
    if frontier.has_table("incident"):  # the last of them
        return
    # executescript would commit the caller's transaction.
    for statement in _TABLES.split(";"):
        if statement.strip():
            frontier.connection.execute(statement)


_TABLES = read_sql("verdicts.sql")
